// SPDX-License-Identifier: Apache-2.0

import Calls

extension DashboardState {
    /// Does what the open dialog asked about, unless its text is missing.
    mutating func confirm() -> [DashboardEffect] {
        guard let dialog else { return [] }
        let text = dialog.field?.trimmed ?? ""
        guard dialog.field == nil || !text.isEmpty else {
            self.dialog?.complaint =
                dialog.purpose == .export ? "type a path" : "callers must hear something: type a text"
            self.dialog?.focusField()
            return []
        }
        switch dialog.purpose {
        case .close: return ask(.begin(.closed(says: text), until: .reopened), of: .close(says: text))
        case .open(.followHours): return ask(.followHours([.all]), of: .followHours)
        case .open(.takeBack): return ask(.open([.all]), of: .open)
        case .open(.skipHours): return ask(.begin(.forcedOpen, until: .reopened), of: .open)
        case .greet: return ask(.begin(.greeting(text), until: .reopened), of: .greet(text))
        case .export: return export(to: text, overwriting: false)
        case .overwrite(let path): return export(to: path, overwriting: true)
        case .quit: return finish(with: .quit)
        case .suspend: return finish(with: .suspend)
        }
    }

    /// Asks the desk for a switch; the screen says *pending* until the desk shows it.
    mutating func ask(_ order: DeskOrder, of wish: PendingSwitch.Wish) -> [DashboardEffect] {
        pending = PendingSwitch(wish, desk: desk)
        return finish(with: .order(order))
    }

    private mutating func export(to path: String, overwriting: Bool) -> [DashboardEffect] {
        exportPath = path
        say("writing \(path)")
        return finish(with: .export(to: path, overwriting: overwriting))
    }

    private mutating func finish(with effect: DashboardEffect) -> [DashboardEffect] {
        dialog = nil
        return [effect]
    }
}

extension DeskOrder {
    fileprivate static func begin(_ kind: Override.Kind, until: Until) -> DeskOrder {
        .begin(kind, scopes: [.all], reason: "", until: until)
    }
}
