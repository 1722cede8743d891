// SPDX-License-Identifier: Apache-2.0

/// What a mouse did, at a cell of the screen.
package struct MouseEvent: Hashable, Sendable {
    package let kind: Kind
    /// From 0, at the top.
    package let row: Int
    /// From 0, at the left edge.
    package let column: Int

    package init(_ kind: Kind, row: Int, column: Int) {
        self.kind = kind
        self.row = row
        self.column = column
    }

    package enum Kind: CaseIterable, Hashable, Sendable {
        /// The first button was pressed.
        case press
        case wheelUp, wheelDown
    }
}

extension ControlSequence {
    /// The mouse event of a report such as `<0;12;3M` (xterm, SGR encoding); other buttons and releases are none.
    var mouse: MouseEvent? {
        guard bytes.first == UInt8(ascii: "<"), bytes.last == UInt8(ascii: "M") else { return nil }
        let fields = bytes.dropFirst().dropLast().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { $0.count > 5 ? nil : Int(String(decoding: $0, as: UTF8.self)) }
        guard fields.count == 3, let button = fields[0], let column = fields[1], let row = fields[2], row > 0,
            column > 0
        else { return nil }
        let kind: MouseEvent.Kind? =
            switch button {
            case 0: .press
            case 64: .wheelUp
            case 65: .wheelDown
            default: nil
            }
        return kind.map { MouseEvent($0, row: row - 1, column: column - 1) }
    }
}
