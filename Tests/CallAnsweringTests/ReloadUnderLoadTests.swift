// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import Contacts
import EventLog
import CallAnswering
import Rules
import TestSupport
import Testing

/// Calls come in while one rules file takes the place of another again and again.
@Suite struct ReloadUnderLoadTests {
    private static let askers = 2
    private static let callsOfEach = 5000

    @Test func eachAnswerIsWhollyOfOneVersionAndNoneIsLost() async throws {
        let versions = [Version("a"), Version("b")]
        let office = try Office(rules: versions[0].rules)
        office.overrides.use(versions[0].rules, contacts: versions[0].contacts)
        // Far more often than every 50 ms: as fast as it goes.
        let reloads = Task {
            var count = 0
            while !Task.isCancelled {
                count += 1
                let version = versions[count % 2]
                office.overrides.use(version.rules, contacts: version.contacts)
                await Task.yield()
            }
            return count
        }
        let replies = await withTaskGroup(of: [String].self) { group in
            for asker in 0..<Self.askers { group.addTask { await Self.ask(office, asker: asker) } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        reloads.cancel()

        let all = Self.askers * Self.callsOfEach
        #expect(replies.count == all)
        var counts: [String: Int] = [:]
        for reply in replies { counts[Self.traits(of: reply), default: 0] += 1 }
        #expect(Set(counts.keys) == Set(versions.map(\.traits)))
        #expect(await reloads.value > 20)
        let totals = office.log.snapshot().totals
        #expect(totals.answered == all && totals.calls == all && totals.kinds == [.greeting: all])
    }

    private static func ask(_ office: Office, asker: Int) async -> [String] {
        var replies: [String] = []
        for call in 0..<callsOfEach {
            replies.append(office.ask("c-\(asker)-\(call)"))
            await Task.yield()
        }
        return replies
    }

    /// What a version leaves in an answer: the text, the contact's name in it, the rule and the revision of the tag.
    private static func traits(of reply: String) -> String {
        let assistant = JSONReader.read(Array(reply.utf8))?["assistant"]
        let tag = assistant?["metadata"]?["switchboard"]
        return [assistant?["first_message"], tag?["by"], tag?["revision"]].map { $0?.text ?? "-" }.joined(
            separator: " ")
    }
}

/// A rules file and its contacts, in which everything bears one letter.
private struct Version: Sendable {
    let rules: RuleSet
    let contacts: ContactDirectory
    let traits: String

    init(_ letter: String) {
        let revision = String(repeating: letter, count: 8)
        rules = .sample(
            rules: [(.init("of \(letter)"), .greeting("\(letter) to {{contact.name|nobody}}"))], revision: revision)
        contacts = ContactDirectory(sources: [.local(Everybody(letter: letter))])
        traits = #""\#(letter) to \#(letter)" "rule of \#(letter)" "\#(revision)""#
    }
}

/// Contacts in which every caller has the same name.
private struct Everybody: LocalContacts {
    let letter: String
    var name: String { "\(letter).csv" }

    func contact(for number: PhoneNumber) -> ContactAnswer { .found(Contact(attributes: ["name": letter])) }
}
