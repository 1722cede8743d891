// SPDX-License-Identifier: Apache-2.0

/// The providers, models, languages and bounds that the platform names (docs/platform.md, Answers).
enum Providers {
    /// A provider with its known models; none where it names none.
    struct Provider {
        let name: String
        let models: [String]
    }

    /// The providers whose models hear and speak themselves.
    private static let realtime = [
        Provider(
            name: "google_realtime",
            models: [
                "gemini-live-2.5-flash-native-audio", "gemini-2.5-flash-native-audio-preview-12-2025",
                "gemini-3.1-flash-live-preview", "gemini-3.8-live",
            ]),
        Provider(name: "xai_realtime", models: ["grok-voice-think-fast-2.0"]),
        Provider(name: "openai_live", models: ["gpt-live-1"]),
    ]

    static let models =
        [
            Provider(
                name: "openai",
                models: [
                    "gpt-5.4", "gpt-5.4-mini", "gpt-5.4-nano", "gpt-5.2", "gpt-5.1", "gpt-5", "gpt-5-mini",
                    "gpt-5-nano", "gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "gpt-5.6-luna", "gpt-5.6-terra",
                    "gpt-5.6-sol", "gpt-4o-mini", "gpt-4o",
                ]),
            Provider(name: "xai", models: ["grok-4.3"]),
            Provider(
                name: "mistral",
                models: [
                    "mistral-medium-latest", "mistral-small-latest", "mistral-large-latest", "ministral-8b-latest",
                    "ministral-14b-latest", "ministral-3b-latest",
                ]),
            Provider(
                name: "google",
                models: [
                    "gemini-3.5-flash-lite", "gemini-3.5-flash", "gemini-2.5-flash-lite", "gemini-2.5-flash",
                ]),
        ] + realtime

    static let transcribers = [
        Provider(name: "deepgram", models: ["nova-3", "nova-3-general"]),
        Provider(name: "elevenlabs", models: ["scribe_v2_realtime"]),
        Provider(name: "gladia", models: ["solaria-1"]),
        Provider(name: "mistral", models: ["voxtral-mini-latest"]),
        Provider(name: "google", models: ["chirp_3"]),
    ]

    /// The languages of `stt`.
    static let languages: Set<String> = [
        "multi", "nl", "en", "de", "fr", "es", "it", "pt", "pl", "ru", "ja", "ko", "zh", "ar", "hi", "da", "sv", "no",
        "fi", "cs", "hu", "ro", "bg", "hr", "sk", "tr", "id", "vi",
    ]

    private static let elevenLabs = [
        "eleven_flash_v2_5", "eleven_v4_turbo", "eleven_v4", "eleven_v3", "eleven_multilingual_v2",
        "eleven_turbo_v2_5",
    ]

    static let voices = [
        Provider(name: "elevenlabs", models: elevenLabs),
        Provider(name: "11labs", models: elevenLabs),
        Provider(
            name: "inworld",
            models: ["inworld-tts-2", "inworld-tts-2-flash", "inworld-tts-1.5-max", "inworld-tts-1.5-mini"]),
        Provider(
            name: "google",
            models: [
                "gemini-3.1-flash-tts-preview", "gemini-2.5-flash-preview-tts", "gemini-2.5-pro-preview-tts",
                "chirp-3-hd",
            ]),
        Provider(name: "xai", models: []),
        Provider(name: "voicedock", models: ["voicedock-1"]),
    ]

    /// Numbers of a voice, in a fixed order, for the order of findings.
    static let voiceRanges: [(key: String, range: ClosedRange<Double>)] = [
        ("stability", 0...1), ("similarity_boost", 0...1), ("style", 0...1), ("speed", 0.5...2),
        ("speaking_rate", 0.25...2),
    ]

    /// Whether a provider's models hear and speak themselves.
    static func isRealtime(_ provider: String?) -> Bool {
        realtime.contains { $0.name == provider }
    }
}
