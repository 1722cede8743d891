// SPDX-License-Identifier: Apache-2.0

/// The keys of an assistant that the platform names (docs/platform.md, Answers).
///
/// Other keys are sent all the same, with a warning: the platform may know more by then.
enum PlatformKeys {
    static let llm = [
        "provider", "model", "messages", "temperature", "tools", "max_completion_tokens", "voice", "delegation",
        "turn_detection",
    ]
    static let stt = ["provider", "model", "language"]
    static let tts = [
        "provider", "voice_id", "model", "language", "stability", "similarity_boost", "style", "speed",
        "speaking_rate",
    ]
    static let analysis = ["structured_data_plan", "summary_plan", "min_messages_threshold", "messages"]
    static let plan = ["enabled", "schema", "messages"]
    static let message = ["role", "content"]
    static let speech = ["end_call_phrases"]
    static let consent = ["enabled", "message"]
    static let toolTypes = ["end_call", "transfer_call", "function", "mcp"]
    static let destination = ["type", "number", "description", "message"]
    static let function = ["name", "description", "parameters", "strict"]
    static let server = ["url", "secret", "headers", "timeout"]

    /// The keys of an assistant that have no key of their own in an answer.
    static let settings = [
        "max_duration_seconds", "autonomous_silence_handling", "silence_timeout_seconds", "voicemail_detection",
        "voicemail_message", "webhook_url", "webhook_secret", "webhook_events", "name", "business_name",
        "notification_email", "notification_emails", "gdpr_mode", "recording_consent", "speech_config", "is_active",
    ]
}

extension RulesReader {
    /// Warns of keys that the platform does not name.
    ///
    /// `own` are those that an answer has another key for.
    mutating func checkKeys(
        _ entries: [YAMLNode.Entry], of what: String, among known: [String], own: [String: String] = [:]
    ) {
        for entry in entries where !known.contains(entry.key) && own[entry.key] == nil {
            let meant =
                Suggestion.synonym(of: entry.key, among: known) == nil
                ? Suggestion.nearest(to: entry.key, among: known + own.keys).flatMap { own[$0] } : nil
            let hint =
                meant.map { "; did you mean the key `\($0)` of the answer?" }
                ?? Suggestion.words(forKey: entry.key, among: known)
            findings.warning(
                .unknownSetting, "the platform names no key `\(entry.key)` in \(what)\(hint)", at: entry.keyPosition)
        }
    }
}
