// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Waits until another thread has done what it reports to nobody, but for 20 seconds at most; the test that waits checks what
/// was done.
///
/// It looks every millisecond and leaves the processor to the others meanwhile.
package func waitUntil(_ isDone: () throws -> Bool) rethrows {
    let end = ContinuousClock.now + .seconds(20)
    while try !isDone(), ContinuousClock.now < end { usleep(1000) }
}
