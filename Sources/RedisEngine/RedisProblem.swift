// SPDX-License-Identifier: Apache-2.0

import Sharing

/// What Redis says instead of doing something.
struct RedisProblem: Error, Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// The script is not in its cache, as after a restart.
        case noScript
        /// It was the master and is now a copy.
        case readOnly
        /// It starts, or waits for another: asking later helps.
        case later
        case other
    }

    let kind: Kind
    /// For the operator.
    let words: String
}

extension RedisProblem {
    /// Reads the text of an error, such as `NOPERM User desk has no permissions to run the 'set' command`.
    ///
    /// Redis 6 wraps the error of a command in a script: `ERR Error running script …: -OOM command not …`.
    init(_ text: String) {
        let inner = text.ranges(of: ": -").last.map { text[$0.upperBound...] } ?? text[...]
        let known =
            Code(rawValue: String(inner.prefix { $0 != " " })) ?? Code(rawValue: String(text.prefix { $0 != " " }))
        switch known {
        case .noScript: self.init(kind: .noScript, words: "Redis has forgotten a script")
        case .readOnly:
            self.init(kind: .readOnly, words: "this Redis is a read-only copy; name the master, or its Sentinels")
        case .loading: self.init(kind: .later, words: "Redis is loading its data")
        case .masterDown: self.init(kind: .later, words: "Redis has lost its master")
        case .busy: self.init(kind: .later, words: "Redis is busy with a script")
        case .clusterDown: self.init(kind: .later, words: "the Redis cluster is down")
        case .tryAgain: self.init(kind: .later, words: "the Redis cluster is moving keys")
        case .moved, .ask:
            let node = text.split(separator: " ").dropFirst(2).first.map { ": \(Self.cleaned($0))" } ?? ""
            self.init(
                kind: .other, words: "another node of the Redis cluster has the keys of this desk\(node); name that one"
            )
        case .noPermission:
            self.init(
                kind: .other,
                words: "Redis does not permit it (\(Self.cleaned(text))); see the ACL in docs/many-desks.md")
        case .outOfMemory: self.init(kind: .other, words: "Redis is full (maxmemory)")
        case .noAuthentication: self.init(kind: .other, words: "Redis wants a password")
        case .wrongPassword: self.init(kind: .other, words: "Redis does not accept the user or the password")
        case .misconfigured: self.init(kind: .other, words: "Redis cannot save to its disk and takes no changes")
        case .noReplicas:
            self.init(kind: .other, words: "Redis has too few copies and takes no changes (min-replicas-to-write)")
        case nil: self.init(kind: .other, words: "Redis refused: \(Self.cleaned(text))")
        }
    }

    private enum Code: String {
        case noScript = "NOSCRIPT"
        case readOnly = "READONLY"
        case loading = "LOADING"
        case masterDown = "MASTERDOWN"
        case busy = "BUSY"
        case clusterDown = "CLUSTERDOWN"
        case tryAgain = "TRYAGAIN"
        case moved = "MOVED"
        case ask = "ASK"
        case noPermission = "NOPERM"
        case outOfMemory = "OOM"
        case noAuthentication = "NOAUTH"
        case wrongPassword = "WRONGPASS"
        case misconfigured = "MISCONF"
        case noReplicas = "NOREPLICAS"
    }

    /// The longest text of a server that is shown, in characters.
    private static let longest = 160

    /// What a server wrote, without anything that a terminal would obey.
    private static func cleaned(_ text: some StringProtocol) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.prefix(longest).map { (" "..."~").contains($0) ? $0 : "." }))
    }

    var engineError: EngineError {
        switch kind {
        case .later: .away(words)
        case .noScript, .readOnly, .other: .refused(words)
        }
    }
}

/// Why commands have no replies.
enum ConnectionProblem: Error, Hashable, Sendable {
    /// They were not sent.
    case notSent(String)
    /// They were sent, and may have been carried out.
    case noAnswer(String)

    /// What it means for a change, or for a question, which is never carried out.
    func engineError(isChange: Bool) -> EngineError {
        switch self {
        case .notSent(let words): .away(words)
        case .noAnswer(let words): isChange ? .unknown(words) : .away(words)
        }
    }
}
