#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""serve_orders.py COUNT: invented paid orders of one line each, as Verso's own CSV."""
import sys

print("order,placed_at,status,payment,currency,language,name,line1,postcode,city,country,line,sku,title,quantity,unit_price,total")
for number in range(1, int(sys.argv[1]) + 1):
    print(f"#{number},2026-10-01T10:00:00+02:00,open,paid,EUR,fr,Ada Exemple,1 rue d’Exemple,07140,Les Vans,FR,1,SEL-1,Fleur de sel,1,6.90,6.90")
