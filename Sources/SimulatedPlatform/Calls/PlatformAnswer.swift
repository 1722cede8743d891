// SPDX-License-Identifier: Apache-2.0

package import JSON
import Calls

/// What the platform does after an assistant-request.
package enum PlatformAnswer: Hashable, Sendable {
    /// The caller hears a text and the call is over; the platform sends no further webhook (docs/platform.md, Answers).
    case rejected
    /// The call goes on with this configuration, for `mostSeconds` at most.
    case connected(assistant: JSONValue, mostSeconds: Int64?)

    /// Reads a reply as the platform does: an unusable one means the saved assistant (docs/platform.md, Timeouts and fail-open).
    package init(_ reply: PlatformReply?) {
        guard let reply, reply.status == 200, let answer = JSONReader.read(reply.body) else {
            self = .connected(assistant: Self.savedAssistant, mostSeconds: nil)
            return
        }
        if let text = answer["error"]?.string, !text.isEmpty {
            self = .rejected
            return
        }
        let assistant = Self.resolved(answer)
        let limit = answer["max_duration_seconds"] ?? assistant["max_duration_seconds"]
        self = .connected(assistant: assistant, mostSeconds: limit.flatMap(Self.wholeNumber))
    }

    /// The assistant that callers reach by default; it never carries a tag.
    package static let savedAssistant = JSONValue.object([
        .init("name", .string("Saved assistant")),
        .init("first_message", .string("Goedendag, waarmee kan ik u helpen?")),
        .init(
            "llm_config", .object([.init("provider", .string("openai")), .init("model", .string("gpt-4o-mini"))])),
    ])

    /// Merges as the platform documents it: each top-level key that the answer gives replaces that whole block.
    private static func resolved(_ answer: JSONValue) -> JSONValue {
        guard case .object(let saved) = savedAssistant else { return savedAssistant }
        let changes = answer["assistant"] ?? answer["assistant_override"]
        guard case .object(let changed) = changes else { return savedAssistant }
        let kept = saved.filter { changes?[$0.key] == nil }
        return .object(kept + changed)
    }

    private static func wholeNumber(_ value: JSONValue) -> Int64? {
        guard case .number(let text) = value else { return nil }
        return Int64(text)
    }
}
