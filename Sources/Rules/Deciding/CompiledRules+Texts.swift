// SPDX-License-Identifier: Apache-2.0

extension CompiledRules {
    /// What callers hear where the file has no closing text that can be said as it is.
    package static let lastClosingText = "Sorry, we are closed at the moment. Please call back later."

    /// The rejections of the file without holes, those that say it is closed first; never none, so that closing is quick.
    ///
    /// It is closed that the answer named `closed` says, and the answers outside the hours; others may say anything.
    package var closingTexts: [String] {
        let named = rules.answers.filter { $0.name == "closed" }
        let usual = rejections(of: named + rules.hours.compactMap(\.closedAnswer).map { rules.answers[$0] })
        return (usual.isEmpty ? [Self.lastClosingText] : usual)
            + rejections(of: rules.answers).filter { !usual.contains($0) }
    }

    private func rejections(of answers: [RuleSet.NamedAnswer]) -> [String] {
        plain(
            answers.map { answer in
                if case .reject(let text) = answer.answer { text } else { nil }
            })
    }

    /// The greetings of the file's named answers without holes.
    package var greetingTexts: [String] {
        plain(
            rules.answers.filter { $0.name != nil }.map { answer in
                if case .assistant(let assistant) = answer.answer { assistant.greeting } else { nil }
            })
    }

    /// Those of the texts that need nothing filled in, each once.
    private func plain(_ templates: [TextTemplate?]) -> [String] {
        templates.reduce(into: []) { texts, template in
            guard let template, template.pieces.count == 1, case .text(let text)? = template.pieces.first,
                !texts.contains(text)
            else { return }
            texts.append(text)
        }
    }
}
