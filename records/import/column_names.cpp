// SPDX-License-Identifier: Apache-2.0
#include "records/import/column_names.h"

#include <cstdint>

namespace verso::records {

namespace {

struct Line {
    std::string_view meaning;
    std::string_view words;  ///< folded, between bars
};

// English, French, German, Spanish, Italian, Dutch, Polish; folded as fold() does. Where a word
// fits two fields, the line that comes first has it.
constexpr Line kFields[] = {
    {"order",
     "|order|ordernumber|orderno|ordernr|orderid|ordername|orderref|orderreference|"
     "numerodecommande|ndecommande|ncommande|nocommande|commande|numerocommande|refcommande|"
     "referencecommande|idcommande|bestellnummer|bestellnr|bestellung|auftragsnummer|"
     "auftragsnr|auftrag|numerodepedido|numeropedido|npedido|pedido|idpedido|numeroordine|"
     "nordine|ordine|idordine|bestelnummer|bestelling|ordernummer|numerzamowienia|"
     "nrzamowienia|zamowienie|salesorder|reference|incrementid|"},
    {"placed_at",
     "|placedat|orderdate|date|datetime|createdat|created|ordered|orderedat|"
     "purchasedate|datedecommande|datecommande|datedecreation|passeele|bestelldatum|"
     "auftragsdatum|datum|erstelltam|kaufdatum|fecha|fechadelpedido|fechapedido|"
     "fechadecompra|data|dataordine|dataacquisto|besteldatum|orderdatum|"
     "datazamowienia|datautworzenia|"},
    {"paid_at",
     "|paidat|paymentdate|paiddate|datepaid|datedepaiement|datepaiement|payele|"
     "zahlungsdatum|bezahltam|fechadepago|datapagamento|betaaldatum|dataplatnosci|"},
    {"cancelled_at",
     "|cancelledat|canceledat|cancelleddate|dateannulation|annuleele|storniertam|"
     "fechacancelacion|datadiannullamento|geannuleerdop|dataanulowania|"},
    {"payment",
     "|payment|paymentstatus|paid|ispaid|paiement|statutpaiement|statutdupaiement|"
     "etatpaiement|paye|zahlungsstatus|zahlstatus|bezahlt|zahlung|estadodelpago|"
     "estadodepago|estadopago|pago|pagado|pagamento|statopagamento|betaalstatus|betaald|"
     "betaling|statusplatnosci|platnosc|financialstatus|"},
    {"status",
     "|status|orderstatus|state|orderstate|statut|statutcommande|etat|etatcommande|"
     "bestellstatus|auftragsstatus|estado|estadodelpedido|estadopedido|stato|statoordine|"
     "bestelstatus|statuszamowienia|"},
    {"currency",
     "|currency|currencycode|devise|monnaie|waehrung|wahrung|moneda|divisa|valuta|munt|"
     "waluta|"},
    {"language", "|language|lang|locale|langue|sprache|idioma|lingua|taal|jezyk|"},
    {"email",
     "|email|emailaddress|mail|customeremail|buyeremail|courriel|adresseemail|emailclient|"
     "mailadresse|correo|correoelectronico|emailadres|adresemail|"},
    {"phone",
     "|phone|phonenumber|telephone|tel|mobile|mobilephone|portable|numerodetelephone|"
     "telefon|telefonnummer|handy|mobil|telefono|movil|cellulare|telefoon|"
     "telefoonnummer|numertelefonu|"},
    {"name",
     "|name|fullname|customer|customername|buyer|buyername|recipient|recipientname|shipto|"
     "shippingname|deliveryname|shiptoname|nom|nomcomplet|client|nomclient|destinataire|"
     "acheteur|nomdudestinataire|kunde|kundenname|empfaenger|empfanger|kaeufer|kaufer|"
     "liefername|nombre|nombrecompleto|cliente|destinatario|comprador|nome|nomecompleto|"
     "naam|klant|klantnaam|ontvanger|klient|odbiorca|imieinazwisko|"},
    {"company",
     "|company|companyname|societe|entreprise|raisonsociale|firma|firmenname|"
     "unternehmen|empresa|azienda|societa|bedrijf|bedrijfsnaam|nazwafirmy|"},
    {"line1",
     "|line1|address|address1|addressline1|street|streetaddress|shippingaddress|"
     "shippingaddress1|shippingstreet|deliveryaddress|adresse|adresse1|rue|"
     "adressedelivraison|adresselivraison|strasse|str|anschrift|lieferadresse|"
     "lieferstrasse|strasseundhausnummer|direccion|direccion1|calle|direcciondeenvio|"
     "indirizzo|indirizzo1|via|adres|straat|ulica|"},
    {"line2",
     "|line2|address2|addressline2|shippingaddress2|apartment|adresse2|complement|"
     "complementadresse|complementdadresse|adresszusatz|zusatz|direccion2|indirizzo2|"
     "adres2|toevoeging|"},
    {"postcode",
     "|postcode|postalcode|zip|zipcode|shippingzip|shippingpostcode|codepostal|cp|plz|"
     "postleitzahl|codigopostal|cap|kodpocztowy|"},
    {"city",
     "|city|town|shippingcity|ville|commune|stadt|ort|lieferort|ciudad|poblacion|localidad|"
     "citta|stad|plaats|woonplaats|miasto|miejscowosc|"},
    {"region",
     "|region|province|county|shippingstate|shippingprovince|departement|bundesland|"
     "provincia|regione|provincie|wojewodztwo|"},
    {"country",
     "|country|countrycode|shippingcountry|pays|codepays|paysdelivraison|land|"
     "laendercode|landercode|lieferland|pais|paese|nazione|kraj|landcode|"},
    {"promised_on",
     "|promisedon|deliverydate|promiseddate|estimateddelivery|expecteddelivery|"
     "datedelivraison|datelivraison|livraisonprevue|lieferdatum|liefertermin|"
     "fechadeentrega|dataconsegna|leverdatum|bezorgdatum|datadostawy|"},
    {"carrier",
     "|carrier|shippingcarrier|transporteur|spediteur|versanddienstleister|"
     "transportista|corriere|vettore|vervoerder|przewoznik|kurier|"},
    {"service",
     "|service|shippingmethod|deliverymethod|modedelivraison|modelivraison|versandart|"
     "metododeenvio|metododispedizione|verzendmethode|metodawysylki|"},
    {"tracking",
     "|tracking|trackingnumber|trackingno|trackingcode|numerodesuivi|suivi|nsuivi|"
     "sendungsnummer|trackingnummer|numerodeseguimiento|seguimiento|codicetracking|"
     "numerotracking|tracktrace|numerprzesylki|"},
    {"parcel", "|parcel|parcelnumber|colis|ncolis|paket|paketnummer|bulto|collo|pakket|paczka|"},
    {"line",
     "|line|lineno|linenumber|position|pos|item|itemno|ligne|nligne|zeile|linea|riga|regel|"
     "pozycja|"},
    {"sku",
     "|sku|articleno|articlenumber|itemnumber|itemsku|productcode|partnumber|"
     "referenceproduit|refproduit|referencearticle|refarticle|codearticle|codeproduit|"
     "artikelnummer|artikelnr|artnr|referencia|codigoarticulo|codicearticolo|codiceprodotto|"
     "artikelcode|kodproduktu|"},
    {"ean",
     "|ean|ean13|gtin|barcode|upc|codebarre|codebarres|codigodebarras|codiceabarre|"
     "kodkreskowy|"},
    {"title",
     "|title|product|productname|item|itemname|itemtitle|article|articlename|description|"
     "produit|nomproduit|nomduproduit|libelle|designation|nomarticle|titre|artikel|"
     "artikelname|artikelbezeichnung|produkt|produktname|bezeichnung|titel|producto|"
     "nombredelproducto|articulo|descripcion|prodotto|articolo|nomeprodotto|descrizione|"
     "productnaam|omschrijving|nazwa|nazwaproduktu|towar|"},
    {"variant",
     "|variant|variation|option|options|declinaison|variante|taille|size|opcion|"
     "varianteprodotto|wariant|"},
    {"quantity",
     "|quantity|qty|qtyordered|count|pieces|units|quantite|qte|nombredarticles|menge|"
     "anzahl|stueck|stuck|stk|cantidad|cant|unidades|quantita|qta|hoeveelheid|aantal|"
     "ilosc|"},
    {"unit_price",
     "|unitprice|price|itemprice|priceeach|prixunitaire|prix|pu|puttc|"
     "prixunitairettc|einzelpreis|preis|stueckpreis|stuckpreis|preciounitario|precio|"
     "prezzounitario|prezzo|stuksprijs|prijs|cenajednostkowa|cena|"},
    {"line_total",
     "|linetotal|itemtotal|subtotal|totalligne|montantligne|soustotal|zeilensumme|"
     "gesamtpreisposition|positionssumme|totallinea|totaleriga|regeltotaal|"
     "wartoscpozycji|"},
    {"shipping",
     "|shipping|shippingcost|shippingprice|shippingtotal|postage|fraisdeport|"
     "fraisdelivraison|fraisdexpedition|portttc|versandkosten|versand|porto|"
     "gastosdeenvio|envio|spesedispedizione|spedizione|verzendkosten|kosztwysylki|"},
    {"total",
     "|total|ordertotal|totalprice|grandtotal|amount|totalamount|totalttc|montant|"
     "montanttotal|totalcommande|gesamt|gesamtbetrag|gesamtsumme|summe|betrag|endbetrag|"
     "importe|importetotal|totalpedido|totale|totaleordine|importo|totaal|totaalbedrag|"
     "bedrag|suma|razem|kwota|lacznie|"},
    {"note",
     "|note|notes|comment|customernote|buyernote|remark|remarks|remarque|commentaire|"
     "messageclient|bemerkung|anmerkung|kommentar|notiz|nota|notas|comentario|opmerking|"
     "uwagi|notatka|"},
    {"bin",
     "|bin|location|shelf|emplacement|lagerplatz|fach|ubicacion|ubicazione|locatie|lokacja|"},
    {"external_id", "|externalid|platformid|shopid|"},
    {"product_id", "|productid|itemid|idproduit|produktid|idproducto|idprodotto|idproduktu|"},
    {"backordered", "|backordered|backorder|enreapprovisionnement|rueckstand|ruckstand|"},
    {"insider", "|insider|internal|interne|intern|"},
};

constexpr std::string_view kFirst =
    "|firstname|shippingfirstname|givenname|prenom|vorname|voornaam|imie|";
constexpr std::string_view kLast =
    "|lastname|shippinglastname|surname|familyname|nomdefamille|nachname|familienname|apellido|"
    "apellidos|cognome|achternaam|nazwisko|";

constexpr Line kStatuses[] = {
    {"open",
     "|open|new|pending|processing|confirmed|inprogress|unfulfilled|awaitingshipment|"
     "readytoship|topack|paid|encours|nouvelle|nouveau|confirmee|enattente|enpreparation|"
     "apreparer|payee|offen|neu|inbearbeitung|bestaetigt|bestatigt|bezahlt|abierto|nuevo|"
     "pendiente|enproceso|aperto|nuovo|inlavorazione|nieuw|inbehandeling|nowe|"
     "wtrakcierealizacji|"},
    {"on_hold",
     "|onhold|hold|holded|suspended|bloquee|suspendue|enpause|angehalten|gesperrt|"
     "enespera|sospeso|indewacht|wstrzymane|"},
    {"partly_shipped",
     "|partlyshipped|partiallyshipped|partial|partiellementexpediee|"
     "teilweiseversendet|teilversand|enviadoparcialmente|"},
    {"shipped",
     "|shipped|sent|dispatched|fulfilled|complete|completed|expediee|expedie|envoyee|"
     "envoye|versandt|versendet|verschickt|enviado|enviada|spedito|verzonden|wyslane|"},
    {"delivered",
     "|delivered|livree|livre|zugestellt|geliefert|entregado|entregada|consegnato|"
     "bezorgd|geleverd|dostarczone|"},
    {"cancelled",
     "|cancelled|canceled|void|annulee|annule|storniert|abgebrochen|cancelado|"
     "cancelada|anulado|annullato|geannuleerd|anulowane|"},
};
constexpr Line kPayments[] = {
    {"paid",
     "|paid|yes|true|1|oui|payee|paye|paiementaccepte|bezahlt|ja|si|pagado|pagada|pagato|"
     "betaald|oplacone|zaplacone|tak|"},
    {"unpaid",
     "|unpaid|no|false|0|pending|open|due|non|nonpayee|nonpaye|impayee|impaye|enattente|"
     "unbezahlt|offen|nein|nopagado|pendiente|nonpagato|onbetaald|nee|nieoplacone|nie|"},
    {"partly_refunded",
     "|partlyrefunded|partiallyrefunded|partiellementrembourse|"
     "partiellementremboursee|teilweiseerstattet|"},
    {"refunded",
     "|refunded|remboursee|rembourse|erstattet|reembolsado|rimborsato|terugbetaald|"
     "zwrocone|"},
};

/// Letters and digits, small, without the marks of Latin letters: "N° de commande" gives
/// "ndecommande".
std::string fold(std::string_view text) {
    // U+00C0 to U+017F by what they are without their mark; a blank where there is no such letter.
    constexpr std::string_view kPlain =
        "aaaaaaaceeeeiiiidnooooo ouuuuy saaaaaaaceeeeiiiidnooooo ouuuuy y"
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln"
        "nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(text[i]);
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) out += text[i];
        if (byte >= 'A' && byte <= 'Z') out += static_cast<char>(byte | 0x20);
        if (byte < 0xC3 || byte > 0xC5 || i + 1 == text.size()) continue;
        const std::size_t letter =
            (byte & 0x1FU) * 64U + (static_cast<std::uint8_t>(text[++i]) & 0x3FU) - 0xC0U;
        if (letter == 0x1F) {
            out += "ss";
        } else if (letter < kPlain.size() && kPlain[letter] != ' ') {
            out += kPlain[letter];
        }
    }
    return out;
}

template <std::size_t N>
std::string_view look_up(std::string_view text, const Line (&lines)[N]) {
    const std::string wanted = "|" + fold(text) + "|";
    if (wanted.size() == 2) return {};
    for (const Line& line : lines) {
        if (line.words.find(wanted) != line.words.npos) return line.meaning;
    }
    return {};
}

bool is_in(std::string_view text, std::string_view words) {
    const std::string wanted = "|" + fold(text) + "|";
    return wanted.size() > 2 && words.find(wanted) != words.npos;
}

}  // namespace

std::string_view field_of_column(std::string_view name) { return look_up(name, kFields); }
bool is_first_name_column(std::string_view name) { return is_in(name, kFirst); }
bool is_last_name_column(std::string_view name) { return is_in(name, kLast); }
std::string_view status_of_word(std::string_view word) { return look_up(word, kStatuses); }
std::string_view payment_of_word(std::string_view word) { return look_up(word, kPayments); }

}  // namespace verso::records
