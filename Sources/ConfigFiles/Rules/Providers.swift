// SPDX-License-Identifier: Apache-2.0

/// The providers and bounds that the platform names (contract, section 8).
enum Providers {
    private static let realtime = ["google_realtime", "xai_realtime", "openai_live"]
    static let models = ["openai", "xai", "mistral", "google"] + realtime
    static let transcribers = ["deepgram", "elevenlabs", "gladia", "mistral", "google"]
    static let voices = ["elevenlabs", "11labs", "inworld", "google", "xai", "voicedock"]

    /// Numbers of a voice, in a fixed order so that findings are too.
    static let voiceRanges: [(key: String, range: ClosedRange<Double>)] = [
        ("stability", 0...1), ("similarity_boost", 0...1), ("style", 0...1), ("speed", 0.5...2),
        ("speaking_rate", 0.25...2),
    ]

    /// Whether a model hears and speaks by itself.
    static func isRealtime(_ provider: String?) -> Bool {
        provider.map(realtime.contains) ?? false
    }
}
