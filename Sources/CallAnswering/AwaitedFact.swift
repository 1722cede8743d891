// SPDX-License-Identifier: Apache-2.0

import Calls

/// A fact of a call that is not in memory, so that another server has to be waited for.
enum AwaitedFact: Error, Equatable {
    case contact(of: PhoneNumber)
    case reply(of: Upstream)
}
