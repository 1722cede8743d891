// SPDX-License-Identifier: Apache-2.0

/// Where an engine listens, as a URL of Redis says: `redis://user:password@10.0.0.5:6379/0`, `rediss://` with TLS, or
/// `unix:///run/redis/redis.sock?db=0`.
package struct EngineAddress: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        case host(String, port: Int)
        /// An absolute path.
        case socket(String)
    }

    package let place: Place
    package let isEncrypted: Bool
    package let user: String?
    package let password: String?
    package let database: Int

    /// The port of Redis, and of its Sentinel.
    package static let usualPort = 6379

    package init(
        _ place: Place, isEncrypted: Bool = false, user: String? = nil, password: String? = nil, database: Int = 0
    ) {
        self.place = place
        self.isEncrypted = isEncrypted
        self.user = user
        self.password = password
        self.database = database
    }

    /// Reads a URL.
    ///
    /// A problem never quotes it, since it may have a password.
    package init(_ url: String) throws(EngineAddressProblem) {
        guard let scheme = url.firstRange(of: "://") else { throw .noScheme }
        let rest = url[scheme.upperBound...]
        switch url[..<scheme.lowerBound] {
        case "redis": try self.init(network: rest, isEncrypted: false)
        case "rediss": try self.init(network: rest, isEncrypted: true)
        case "unix", "redis+unix": try self.init(socket: rest)
        default: throw .noScheme
        }
    }

    private init(network text: Substring, isEncrypted: Bool) throws(EngineAddressProblem) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        // A password may have an at sign that is not encoded; a host has none.
        let at = parts[0].lastIndex(of: "@")
        let server = at.map { parts[0][parts[0].index(after: $0)...] } ?? parts[0]
        let (user, password) = try Self.credentials(at.map { parts[0][..<$0] })
        let (host, port) = try Self.server(server)
        self.init(
            .host(host, port: port), isEncrypted: isEncrypted, user: user, password: password,
            database: try Self.database(parts.count > 1 ? parts[1] : ""))
    }

    private init(socket text: Substring) throws(EngineAddressProblem) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        // Before the path only credentials may come.
        guard let root = parts[0].firstIndex(of: "/") else { throw .path }
        let before = parts[0][..<root]
        guard before.isEmpty || before.hasSuffix("@") else { throw .path }
        let (user, password) = try Self.credentials(before.isEmpty ? nil : before.dropLast())
        guard let path = Self.decoded(parts[0][root...]), path.count > 1, !path.contains("\0") else { throw .path }
        var database: Substring = ""
        if parts.count > 1 {
            guard parts[1].hasPrefix("db=") else { throw .database }
            database = parts[1].dropFirst(3)
        }
        self.init(.socket(path), user: user, password: password, database: try Self.database(database))
    }

    private static func credentials(_ text: Substring?) throws(EngineAddressProblem) -> (String?, String?) {
        guard let text else { return (nil, nil) }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let user = decoded(parts[0]), let password = parts.count > 1 ? decoded(parts[1]) : "" else {
            throw .credentials
        }
        // A user without a password is what some write for a password alone, and Redis knows no such login.
        guard !password.isEmpty else { throw .credentials }
        return (user.isEmpty ? nil : user, password)
    }

    private static func server(_ text: Substring) throws(EngineAddressProblem) -> (String, Int) {
        var host = text
        var digits: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw .host }
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw .host }
            digits = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            digits = text[text.index(after: colon)...]
        }
        guard !host.isEmpty, host.utf8.allSatisfy(isOfHost) else { throw .host }
        guard let digits else { return (String(host), usualPort) }
        guard let port = Int(digits), (1...65_535).contains(port), digits.utf8.allSatisfy(isDigit) else { throw .port }
        return (String(host), port)
    }

    private static func database(_ text: Substring) throws(EngineAddressProblem) -> Int {
        guard !text.isEmpty else { return 0 }
        guard text.utf8.allSatisfy(isDigit), let number = Int(text), number < 1_000_000 else { throw .database }
        return number
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "0"..."9", "a"..."f", "A"..."F": true
        default: false
        }
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "-", "_", ":", "%": true
        default: false
        }
    }

    /// Replaces `%2F` and the like; `nil` if it is not UTF-8, or a percent sign has no two digits.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy(isHexadecimal),
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension EngineAddress: CustomStringConvertible, CustomReflectable {
    /// Where it is, without who asks: `10.0.0.5:6379`.
    package var description: String {
        switch place {
        case .host(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .socket(let path): path
        }
    }

    /// Keeps the password out of whatever prints its parts.
    package var customMirror: Mirror { Mirror(self, children: ["place": description]) }
}

/// What is wrong with the URL of an engine.
package enum EngineAddressProblem: Error, Hashable, Sendable {
    case noScheme
    case host
    case port
    case path
    case credentials
    case database
}

extension EngineAddressProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noScheme: "must begin with redis://, rediss:// (TLS) or unix:///"
        case .host: "has no host that could be a name or an address; IPv6 is written in brackets"
        case .port: "has a port that is not a number from 1 to 65535"
        case .path: "must have an absolute path, such as unix:///run/redis/redis.sock"
        case .credentials: "must have user:password, or :password, before the @, encoded as in any URL"
        case .database: "has a database that is not a number, as in redis://10.0.0.5/0"
        }
    }
}

/// How a replica reaches the engine of its desk.
package struct EngineSettings: Hashable, Sendable {
    /// In this order; those of the Sentinels if ``master`` is named.
    package let addresses: [EngineAddress]
    /// The name under which Sentinels know the engine; `nil` if it is asked itself.
    package let master: String?
    /// User, password and database of the engine where Sentinels name it; else each address has its own.
    package let login: EngineLogin?
    /// The name of the desk, which begins all keys.
    package let desk: ReplicaName
    package let replica: ReplicaName
    /// PEM of the authority whose certificates count; `nil` for those that this machine trusts.
    package let authority: [UInt8]?
    /// How long connecting and a command may take, unless it is a command that waits.
    package let patience: Duration

    package init(
        addresses: [EngineAddress], master: String? = nil, login: EngineLogin? = nil, desk: ReplicaName,
        replica: ReplicaName, authority: [UInt8]? = nil, patience: Duration = .milliseconds(500)
    ) {
        self.addresses = addresses
        self.master = master
        self.login = login
        self.desk = desk
        self.replica = replica
        self.authority = authority
        self.patience = patience
    }
}

/// As whom to ask an engine, and for which database.
package struct EngineLogin: Hashable, Sendable {
    package let user: String?
    package let password: String?
    package let database: Int

    package init(user: String?, password: String?, database: Int = 0) {
        self.user = user
        self.password = password
        self.database = database
    }
}

extension EngineLogin: CustomStringConvertible, CustomReflectable {
    package var description: String { user ?? "default" }
    package var customMirror: Mirror { Mirror(self, children: ["user": description]) }
}
