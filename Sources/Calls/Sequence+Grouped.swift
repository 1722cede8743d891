// SPDX-License-Identifier: Apache-2.0

extension Sequence {
    /// The elements by a key, in the order in which the keys first appear.
    package func grouped<Key: Equatable>(by key: (Element) -> Key) -> [(key: Key, elements: [Element])] {
        reduce(into: []) { groups, element in
            let key = key(element)
            if let place = groups.firstIndex(where: { $0.key == key }) {
                groups[place].elements.append(element)
            } else {
                groups.append((key, [element]))
            }
        }
    }
}
