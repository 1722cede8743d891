// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Overrides
import TestSupport
import Testing

/// Every sentence of the dialogs, with random hours, rules and overrides: the command is carried out in the model, callers
/// are answered, and what they get is compared with what the dialog said beforehand.
@Suite struct DialogSentenceModelTests {
    private static let scopes: [(scope: Scope, keys: String)] = [
        (.all, ""), (.group("north"), "lnorth<enter>"), (.line(RandomDesk.numbers[0]), "lline 0<enter>"),
        (.line(RandomDesk.numbers[2]), "lline 2<enter>"),
    ]

    /// The desk, its dialog after some keys, and the places of the lines that it covers.
    private struct Scene {
        let desk: RandomDesk
        let scope: Scope
        let text: String
        let places: [Int]

        init(_ desk: RandomDesk, _ scope: Scope, keys: String) {
            self.desk = desk
            self.scope = scope
            var state = desk.dashboard()
            state.type(keys)
            // Only the frame, so that nothing else on the screen is taken for the dialog.
            let rows = state.screen.filter { $0.contains("│") }.map { row in
                row.split(separator: "│", omittingEmptySubsequences: false).dropFirst().first.map(String.init) ?? ""
            }
            text = rows.joined(separator: " ").split(separator: " ").joined(separator: " ")
            places = desk.lines.indices.filter { scope.covers(desk.lines[$0]) }
        }

        var isShown: Bool { !text.isEmpty }

        /// The places of lines named behind some words: `Line 0, Line 2`.
        func named(behind words: String) -> Set<Int> {
            guard let start = text.firstRange(of: words)?.upperBound else { return [] }
            var found: Set<Int> = []
            var rest = text[start...].drop { $0 == " " }
            while rest.hasPrefix("Line "), let place = rest.dropFirst(5).first?.wholeNumberValue {
                found.insert(place)
                rest = rest.dropFirst(6)
                // When it opens, in brackets.
                if rest.hasPrefix(" ("), let end = rest.firstIndex(of: ")") { rest = rest[rest.index(after: end)...] }
                guard rest.hasPrefix(", ") else { break }
                rest = rest.dropFirst(2)
            }
            return found
        }
    }

    /// Whether a rule that bypasses closures decides every call of a line, as far as the dialog can know it.
    private static func isBypassed(_ place: Int, _ after: RandomDesk) -> Bool {
        after.decision(place, at: after.now).0.by == .rule("first")
    }

    @Test(
        "Still let in, Replaces, are rejected and hear",
        arguments: Thoroughness.isFull ? 300...339 : 300...307 as ClosedRange<UInt64>)
    func closing(seed: UInt64) {
        for (scope, keys) in Self.scopes {
            for kind in ["", "k<right><enter>"] {
                let scene = Scene(RandomDesk(seed: seed), scope, keys: "c\(keys)\(kind)")
                let (desk, text) = (scene.desk, scene.text)
                let closing = ServerStatus.sample().closingTexts[0]
                let isInform = !kind.isEmpty
                let after = desk.with(isInform ? .inform(says: closing) : .closed(says: closing), on: scope)
                let heard = scene.places.filter { after.reply(to: $0, at: desk.now).contains(closing) }
                let rejected = scene.places.filter { after.reply(to: $0, at: desk.now).hasPrefix(#"{"error""#) }
                #expect(text.contains(isInform ? "hear the assistant announce" : "are rejected and hear"), "\(desk)")
                for place in scene.places where !heard.contains(place) {
                    #expect(Self.isBypassed(place, after), "\(text)\n\(desk)")
                }
                let letsIn = scene.places.contains { Self.isBypassed($0, after) && !rejected.contains($0) }
                #expect(!letsIn || text.contains("Still let in: rule first"), "\(text)\n\(desk)")
                let isReplacing = desk.overrides.contains { $0.scope == scope && $0.kind.isClosure }
                #expect(text.contains("Replaces") == isReplacing, "\(text)\n\(desk)")
                guard isInform else { continue }
                let ended = rejected.filter(heard.contains)
                #expect(text.contains("hear this text and end") == !ended.isEmpty, "\(text)\n\(desk)")
                guard text.contains("rejects: calls on") else { continue }
                #expect(scene.named(behind: "rejects: calls on").isSubset(of: ended), "\(text)\n\(desk)")
            }
        }
    }

    @Test(
        "Lifts, Ends, open then, closed by",
        arguments: Thoroughness.isFull ? 340...379 : 340...347 as ClosedRange<UInt64>)
    func opening(seed: UInt64) {
        for (scope, keys) in Self.scopes {
            let scene = Scene(RandomDesk(seed: seed), scope, keys: "o\(keys)")
            let (desk, text) = (scene.desk, scene.text)
            let ends: (Override) -> Bool
            if text.contains("Lifts the") {
                ends = \.kind.closes
            } else if text.contains("Ends the") {
                ends = { $0.kind == .forcedOpen }
            } else {
                continue
            }
            let after = desk.with(
                desk.overrides.filter { !(ends($0) && desk.lines.contains($0.scope, in: scope)) })
            expectOpen(scene, after)
        }
    }

    @Test(
        "Undoes, Ends, In force again, open then",
        arguments: Thoroughness.isFull ? 380...419 : 380...387 as ClosedRange<UInt64>)
    func undoing(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let desk = RandomDesk(seed: seed)
        // What ends and what comes back, at random.
        let ended = desk.overrides.filter { _ in Bool.random(using: &random) }
        let left = desk.overrides.filter { !ended.contains($0) }
        let former = RandomDesk(seed: seed + 1000).overrides.filter { old in
            old.isInForce(at: desk.now)
                && !left.contains { $0.scope == old.scope && $0.kind.isClosure == old.kind.isClosure }
        }
        guard !(ended + former).isEmpty else { return }
        var status = desk.status
        status.undo = ServerStatus.Undo(
            words: "what was done", scopes: (ended + former).map(\.scope).eachOnce,
            effect: .init(ended: ended, restored: former))
        var state = desk.dashboard()
        state.receive(.status(status))
        state.type("u")
        #expect(state.plain.contains("Undoes: what was done."))
        let places = desk.lines.indices.filter { place in
            (ended + former).contains { $0.scope.covers(desk.lines[place]) }
        }
        let after = desk.with(left + former)
        let open = places.filter { after.isOpen($0, at: desk.now) }
        guard (ended + former).contains(where: \.kind.isClosure), !places.isEmpty else { return }
        let words =
            open.count == places.count
            ? (places.count == 1 ? "The line is open then." : "All \(places.count) lines are open then.")
            : "\(open.count) of \(places.count) open then;"
        #expect(state.plain.contains(words), "\(words)\n\(state.text)\n\(desk)")
        for override in former {
            #expect(state.plain.contains("In force again:"), "\(override)")
        }
    }

    @Test(
        "Force: keep closed, Rule closes, Open until then",
        arguments: Thoroughness.isFull ? 420...459 : 420...427 as ClosedRange<UInt64>)
    func forcing(seed: UInt64) {
        for (scope, keys) in Self.scopes {
            for choice in ["", "k<right><enter>", "k<right><right><enter>"] {
                let scene = Scene(RandomDesk(seed: seed), scope, keys: "o\(keys)\(choice)")
                let (desk, text) = (scene.desk, scene.text)
                guard text.contains("whatever the hours, until") else { continue }
                let after = desk.with(.forcedOpen, on: scope)
                let closed = Set(scene.places.filter { !after.isOpen($0, at: desk.now) })
                var said = scene.named(behind: "keep closed:")
                for rule in ["Rule rule 0", "Rule rule 1", "Rule rule 2", "Rule first"] {
                    said.formUnion(scene.named(behind: "\(rule) of the rules file closes"))
                }
                #expect(said == closed, "\(said) \(closed) \(text)\n\(desk)")
                guard text.contains("Open until then without this, too.") else { continue }
                #expect(scene.places.allSatisfy { desk.isOpen($0, at: desk.now) }, "\(text)\n\(desk)")
            }
        }
    }

    @Test(
        "Accepted callers are greeted, closed: callers do not hear it",
        arguments: Thoroughness.isFull ? 460...499 : 460...467 as ClosedRange<UInt64>)
    func greeting(seed: UInt64) {
        for (scope, keys) in Self.scopes {
            // The text has the focus unless there is one already.
            let isFilled = RandomDesk(seed: seed).overrides.contains { $0.scope == .all && !$0.kind.isClosure }
            let scene = Scene(RandomDesk(seed: seed), scope, keys: (isFilled ? "g" : "g<enter>") + keys)
            let (desk, text) = (scene.desk, scene.text)
            let after = desk.with(.greeting("Hi."), on: scope)
            let closed = scene.places.filter { !after.isOpen($0, at: desk.now) }
            for place in scene.places where !closed.contains(place) {
                // A raw answer is sent as it is; the result of the command says so.
                let isHeard = after.reply(to: place, at: desk.now).contains("Hi.")
                #expect(isHeard != (after.decision(place, at: desk.now).0.by == .rule("raw")), "\(desk)")
            }
            let words: String? =
                closed.isEmpty
                ? nil
                : closed.count < scene.places.count
                    ? "\(closed.count) of \(scene.places.count) closed: their callers do not hear it."
                    : closed.count == 1
                        ? "It is closed: callers do not hear it." : "All closed: callers do not hear it."
            #expect(text.contains("not hear it") == (words != nil), "\(text)\n\(desk)")
            if let words { #expect(text.contains(words), "\(text)\n\(desk)") }
        }
    }

    private func expectOpen(_ scene: Scene, _ after: RandomDesk) {
        let open = scene.places.filter { after.isOpen($0, at: after.now) }
        let words =
            open.count == scene.places.count
            ? (scene.places.count == 1 ? "The line is open then." : "All \(scene.places.count) lines are open then.")
            : "\(open.count) of \(scene.places.count) open then;"
        #expect(scene.text.contains(words), "\(words)\n\(scene.text)\n\(scene.desk)")
        let hours = Set(scene.places.filter { after.reply(to: $0, at: after.now) == #"{"error":"hours"}"# })
        #expect(scene.named(behind: "closed by hours:") == hours, "\(scene.text)\n\(scene.desk)")
    }
}
