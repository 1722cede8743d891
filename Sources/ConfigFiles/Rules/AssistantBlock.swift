// SPDX-License-Identifier: Apache-2.0

/// A block that replaces one of the saved assistant as it is given, so that a part of it would lose the rest (contract,
/// sections 7 and 8).
enum AssistantBlock: String, CaseIterable {
    case llm = "llm_config"
    case stt = "stt_config"
    case tts = "tts_config"

    /// The keys without which it is not whole.
    var needed: [String] {
        switch self {
        case .llm: ["provider", "model"]
        case .stt: ["provider", "model", "language"]
        case .tts: ["provider", "voice_id"]
        }
    }

    /// Says what a block lacks of the keys that it needs; `nil` when it is whole.
    static func problem(in what: String, needing needed: [String], has: (String) -> Bool) -> String? {
        let missing = needed.filter { !has($0) }.map { "`\($0)`" }
        guard !missing.isEmpty else { return nil }
        return
            "\(what) replaces the whole block of the assistant, so it needs \(missing.joined(separator: " and ")) too"
    }
}
