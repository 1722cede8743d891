// SPDX-License-Identifier: Apache-2.0

import Calls

/// Finds the word that was probably meant.
enum Suggestion {
    /// Returns `; did you mean "..."?` when a candidate is near, or an empty string.
    static func hint(for word: String, among candidates: some Sequence<String>) -> String {
        nearest(to: word, among: candidates).map { "; did you mean `\($0)`?" } ?? ""
    }

    /// Returns the hint, or all candidates when none is near.
    static func words(for word: String, among candidates: [String]) -> String {
        let hint = hint(for: word, among: candidates)
        return hint.isEmpty ? "; expected \(candidates.joined(separator: ", "))" : hint
    }

    /// Returns the hint for a key, which may also be another word for the same thing, or all keys when none is near.
    static func words(forKey key: String, among keys: [String]) -> String {
        let meant = synonym(of: key, among: keys)
        return meant.map { "; did you mean `\($0)`?" } ?? words(for: key, among: keys)
    }

    /// Returns the candidate with the fewest edits, if those are few for its length.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        NearMiss.word(nearest: word, among: candidates)
    }

    /// Returns how many letters must be added, dropped, changed or swapped with their neighbour.
    static func distance(_ left: String, _ right: String) -> Int { NearMiss.distance(left, right) }
}

extension Suggestion {
    /// Returns the key for which other tools have this word.
    static func synonym(of word: String, among keys: [String]) -> String? {
        synonyms[folded(word)]?.first(where: keys.contains)
    }

    /// Small letters and digits: `firstMessage`, `first_message` and `first-message` are one word.
    static func folded(_ word: some StringProtocol) -> String {
        String(word.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    /// Words that other tools have for our keys, and for those of the platform; the likeliest first.
    private static let synonyms: [String: [String]] = [
        "firstmessage": ["greeting"], "beginmessage": ["greeting"], "welcome": ["greeting"],
        "welcomemessage": ["greeting"], "message": ["messages", "greeting"], "say": ["greeting"],
        "text": ["say", "greeting"], "speak": ["greeting"], "error": ["reject"], "hangup": ["reject"],
        "refuse": ["reject"], "block": ["reject"], "maxdurationseconds": ["max_duration", "max_duration_seconds"],
        "maxduration": ["max_duration_seconds"], "maxtokens": ["max_completion_tokens"],
        "systemprompt": ["messages", "llm"],
        "prompt": ["messages", "llm"], "system": ["messages", "llm"], "instructions": ["messages", "llm"],
        "model": ["llm"], "transcriber": ["stt"], "voice": ["voice_id", "tts"],
        "voiceid": ["voice_id", "tts"], "silencetimeout": ["silence_timeout_seconds"],
        "assistant": ["assistant_id"], "agent": ["assistant_id"], "agentid": ["assistant_id"],
        "hours": ["during"], "time": ["during"], "hour": ["during"], "open": ["during"], "opening": ["during"],
        "between": ["during"], "schedule": ["weekly", "hours"], "openinghours": ["hours"], "businesshours": ["hours"],
        "day": ["weekday"], "days": ["weekday", "weekly"], "dayofweek": ["weekday"], "weekdays": ["weekday"],
        "week": ["weekly"], "holiday": ["date", "holidays"], "country": ["caller"], "language": ["caller"],
        "from": ["caller"], "number": ["caller"], "customer": ["contact"], "lead": ["contact"], "client": ["contact"],
        "to": ["line"], "called": ["line"], "if": ["when"], "condition": ["when"], "conditions": ["when"],
        "match": ["when"], "then": ["answer"], "reply": ["answer"], "action": ["answer"], "response": ["answer"],
        "else": ["otherwise"], "fallback": ["otherwise"], "default": ["otherwise"], "numbers": ["number", "lines"],
        "phones": ["lines"], "phonenumbers": ["lines"], "phone": ["number"], "phonenumber": ["number"],
        "tz": ["timezone"], "zone": ["timezone"], "label": ["name"], "title": ["name"], "variables": ["vars"],
        "cases": ["tests"], "closedmessage": ["closed"], "exceptions": ["dates"], "special": ["dates"],
    ]
}
