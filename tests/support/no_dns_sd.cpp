// SPDX-License-Identifier: Apache-2.0
// Loaded before ippeveprinter (Debian's cups-ipp-utils), which ends at once where no D-Bus and
// avahi-daemon run: an avahi that does nothing, so that it needs neither.
#include <cstdlib>

extern "C" {

static char nothing[64];

void* avahi_threaded_poll_new() { return nothing; }
int avahi_threaded_poll_start(void*) { return 0; }
int avahi_threaded_poll_stop(void*) { return 0; }
void avahi_threaded_poll_lock(void*) {}
void avahi_threaded_poll_unlock(void*) {}
void avahi_threaded_poll_free(void*) {}
const void* avahi_threaded_poll_get(void*) { return nothing; }
void* avahi_client_new(const void*, int, void (*)(void*, int, void*), void*, int* error) {
    if (error != nullptr) *error = 0;
    return nothing;
}
void avahi_client_free(void*) {}
int avahi_client_errno(void*) { return 0; }
const char* avahi_client_get_host_name_fqdn(void*) { return "localhost.local"; }
const char* avahi_client_get_host_name(void*) { return "localhost"; }
void* avahi_entry_group_new(void*, void (*)(void*, int, void*), void*) { return nothing; }
int avahi_entry_group_free(void*) { return 0; }
int avahi_entry_group_reset(void*) { return 0; }
int avahi_entry_group_commit(void*) { return 0; }
int avahi_entry_group_add_service_strlst(void*, ...) { return 0; }
int avahi_entry_group_add_service_subtype(void*, ...) { return 0; }
int avahi_entry_group_add_service(void*, ...) { return 0; }
int avahi_entry_group_update_service_txt_strlst(void*, ...) { return 0; }
}
