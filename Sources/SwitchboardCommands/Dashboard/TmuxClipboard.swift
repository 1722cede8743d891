// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Dispatch
import Foundation

/// The clipboard of a dashboard that runs in tmux, which passes no such command of a program on by itself.
enum TmuxClipboard {
    /// How a text gets to the clipboard from this terminal.
    static func way(_ environment: [String: String]) -> Clipboard {
        if environment["TMUX"].map({ !$0.isEmpty }) ?? false { return .tmux }
        if environment["STY"].map({ !$0.isEmpty }) ?? false {
            return .unavailable("GNU screen passes nothing on to a clipboard; export instead")
        }
        return .terminal
    }

    /// Hands a text to tmux, and reports what became of it.
    static func take(
        _ text: String, _ what: String, _ environment: [String: String],
        then report: @escaping @Sendable (DashboardMessage) -> Void
    ) {
        DispatchQueue.global().async {
            // Older versions keep the text and do not pass it on.
            if load(text, ["load-buffer", "-w", "-"], environment) {
                report(.notify(OperatorMessage("\(what) in tmux's buffer, and sent to the terminal's clipboard")))
            } else if load(text, ["load-buffer", "-"], environment) {
                report(.notify(OperatorMessage("\(what) in tmux's buffer; this tmux sends nothing to a clipboard")))
            } else {
                report(.notify(OperatorMessage("nothing was copied: tmux did not take it", isAlert: true)))
            }
        }
    }

    private static func load(_ text: String, _ arguments: [String], _ environment: [String: String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["tmux"] + arguments
        process.environment = environment
        let input = Pipe()
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            // More than a pipe holds is never copied.
            try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
            return process.terminationStatus == 0
        } catch {
            return false
        }
    }
}
