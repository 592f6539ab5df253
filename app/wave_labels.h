// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/return_labels.h"
#include "records/store/store_types.h"

namespace verso::app {

// The numbers of a wave's return labels are set aside for all of its places before it is kept, and
// noted in the home's spool until it is complete: a wave for which there are not enough is not
// begun, and one that was interrupted goes on with its own.

/// Sets numbers for the places of a new wave aside and notes them; whatever a wave of this name
/// that was never kept had noted is replaced. Gives what the user should know. Errors: those of
/// open_return_labels, NotAllowed when the range has not as many left, FileUnwritable.
Result<std::vector<std::string>> set_wave_labels_aside(OpenHome& home, const std::string& wave,
                                                       int places);

/// The return labels of an open wave from its place `first` on, which is the first that waits. When
/// nothing is noted, or numbers of another series than verso.toml names now, numbers for the places
/// that wait are set aside. Errors as above; HomeInvalid when the note is damaged.
Result<std::unique_ptr<ReturnLabelSource>> open_wave_labels(OpenHome& home,
                                                            const records::WaveRecord& wave,
                                                            int first);

/// Removes the note. Call it when no place waits any more.
void forget_wave_labels(const Home& home, const std::string& wave);

}  // namespace verso::app
