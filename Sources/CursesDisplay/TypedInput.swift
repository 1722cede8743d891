// SPDX-License-Identifier: Apache-2.0

import Screen

/// What was typed, as far as it is read: keys, pastes, and pastes that look like keys.
struct TypedInput {
    /// As much as is read at once.
    static let mostBytes = 256
    /// How long a paste may pause, in milliseconds; a terminal that does not end one must not keep the keys for ever.
    static let pastePatience: Int64 = 3000
    /// After a pause of this many milliseconds a hand has pressed a key, in the middle of a paste too.
    static let handPause: Int64 = 250
    /// From how many characters on keys of one read are a burst, and how many of them differ: a held key repeats.
    static let leastBurst = 16
    static let leastVariety = 5
    /// How long the rest of a sequence may take whose Escape was a key, in milliseconds; then it is typed.
    static let restPatience: Int64 = 1000
    /// How long the rest of a burst may take, in milliseconds.
    static let burstPause: Int64 = 50

    private var decoder: KeyDecoder
    /// How long a sequence may be torn, in milliseconds.
    private let escapeDelay: Int64
    /// When the last bytes are decided without others, by the terminal's clock.
    private(set) var decidedAt: Int64?
    /// When the last bytes came.
    private var readAt: Int64 = 0
    private var burst: Burst?

    /// A burst that may go on.
    private struct Burst {
        let readAt: Int64
        /// More was waiting than is read at once.
        let isCut: Bool
        /// It followed the end mark of a paste: the text had such a mark in it, since nobody types that fast.
        var followsPaste = false
    }

    init(_ decoder: KeyDecoder, escapeDelay: Int) {
        self.decoder = decoder
        self.escapeDelay = Int64(escapeDelay)
    }

    mutating func read(_ bytes: some Collection<UInt8>, at now: Int64) -> [TerminalEvent] {
        defer { readAt = now }
        // ^C alone is the way out of a paste that its terminal does not end.
        if decoder.isInPaste, now - readAt >= Self.handPause, bytes.allSatisfy({ $0 == 0x03 }) {
            reset()
            return [.key(.control("c"))]
        }
        let inputs = decoder.read(bytes)
        noteUndecided(at: now)
        return events(inputs, isCut: bytes.count == Self.mostBytes, at: now)
    }

    /// Decides what has waited for long enough.
    mutating func decide(at now: Int64) -> [TerminalEvent] {
        guard let decidedAt, now >= decidedAt else { return [] }
        let inputs =
            decoder.isInPaste ? decoder.endPaste() : decoder.awaitsRest ? decoder.giveUp() : decoder.pause()
        noteUndecided(at: now)
        return inputs.map(TerminalEvent.init)
    }

    mutating func reset() {
        decoder.reset()
        decidedAt = nil
        burst = nil
    }

    private mutating func noteUndecided(at now: Int64) {
        decidedAt =
            decoder.isUndecided
            ? now + escapeDelay
            : decoder.awaitsRest ? now + Self.restPatience : decoder.isInPaste ? now + Self.pastePatience : nil
    }

    /// The inputs of one read, of which many characters at once are a burst.
    private mutating func events(_ inputs: [TerminalInput], isCut: Bool, at now: Int64) -> [TerminalEvent] {
        // What is not typed comes first.
        guard inputs.allSatisfy(\.isTyped) else {
            let typed = inputs.filter(\.isTyped)
            return inputs.filter { !$0.isTyped }.map(TerminalEvent.init)
                + (typed.isEmpty ? [] : events(typed, isCut: isCut, at: now))
        }
        let keys = inputs.compactMap { input in if case .key(let key) = input { key } else { nil } }
        guard keys.count == inputs.count else { return eventsAroundPaste(inputs, at: now) }
        // What is not decided yet neither goes on with a burst nor ends it.
        if keys.isEmpty { return [] }
        guard isBurst(keys, at: now) else {
            burst = nil
            return inputs.map(TerminalEvent.init)
        }
        burst = Burst(readAt: now, isCut: isCut, followsPaste: burst?.followsPaste ?? false)
        return [.burst(keys)]
    }

    /// The inputs of a read in which a paste ended: keys after it are text, too.
    private mutating func eventsAroundPaste(_ inputs: [TerminalInput], at now: Int64) -> [TerminalEvent] {
        burst = Burst(readAt: now, isCut: false, followsPaste: true)
        var events: [TerminalEvent] = []
        var following: [Key]?
        for input in inputs {
            switch (input, following) {
            case (.key(let key), nil): events.append(.key(key))
            case (.key(let key), let keys?): following = keys + [key]
            case (.paste(let text), let keys):
                if let keys, !keys.isEmpty { events.append(.burst(keys)) }
                events.append(.paste(text))
                following = []
            case (.mouse, _), (.drawn, _), (.focused, _): events.append(TerminalEvent(input))
            }
        }
        if let following, !following.isEmpty { events.append(.burst(following)) }
        return events
    }

    private func isBurst(_ keys: [Key], at now: Int64) -> Bool {
        let characters = keys.compactMap { key in if case .character(let character) = key { character } else { nil } }
        if let burst, burst.isCut || burst.followsPaste || characters.count > 1,
            now - burst.readAt <= Self.burstPause
        {
            return true
        }
        return characters.count >= Self.leastBurst && Set(characters).count >= Self.leastVariety
    }
}

extension TerminalInput {
    /// Whether somebody typed or pasted it.
    fileprivate var isTyped: Bool {
        switch self {
        case .key, .paste: true
        case .mouse, .drawn, .focused: false
        }
    }
}
