// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/wiring.h"
#include "records/hooks/hook.h"

namespace verso::app {

/// Does a job of the kind "webhook": tells what it carries to its hook, by the settings of the
/// job's shop. Nothing to do when the hook was removed. FormatInvalid; as service::send_webhook.
Result<void> deliver_webhook(OpenHome& home, const records::LeasedJob& job);

/// Tells a hook once, at once, that it was tried. As service::send_webhook.
Result<void> try_hook(const OpenHome& home, const records::Hook& hook, Instant now);

}  // namespace verso::app
