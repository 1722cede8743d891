// SPDX-License-Identifier: Apache-2.0

/// Where a key is pressed; the same key may mean another thing in another place.
enum InputContext: CaseIterable, Hashable, Sendable {
    case list, lines, detail, page
}
