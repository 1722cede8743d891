// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import SwitchboardCommands

@Suite struct HomeFolderTests {
    private static let home = ProcessInfo.processInfo.environment["HOME"] ?? ""

    @Test(
        arguments: [
            Row("row 18: a file", "~/out.jsonl", home + "/out.jsonl"), Row("the folder itself", "~", home),
            Row("that of root", "~root/x", "/root/x"), Row("of nobody known", "~no-such-user/x", "~no-such-user/x"),
            Row("in the middle", "a/~/b", "a/~/b"), Row("an absolute path", "/tmp/~", "/tmp/~"), Row("nothing", "", ""),
        ])
    func isExpanded(_ row: Row<String, String>) {
        #expect(HomeFolder.expand(row.input) == row.expected)
    }
}

@Suite struct InterruptQuestionTests {
    @Test("row 24: a second ^C within two seconds stops, a later one asks again")
    func theSecondStops() {
        let question = InterruptQuestion()
        let start = ContinuousClock.now
        let presses = [0.0, 2.1, 4.2, 6.1].map { question.isConfirmed(at: start + .seconds($0)) }
        #expect(presses == [false, false, false, true])
    }
}
