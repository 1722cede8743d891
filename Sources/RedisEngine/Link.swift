// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOSSL
import Sharing

/// A connection that is made again when it is lost, for one purpose.
///
/// It is made when something is to be sent; until the next attempt is due everything fails at once with the last reason.
actor Link {
    private let settings: EngineSettings
    /// Follows the name of the replica in the list of clients of Redis.
    private let purpose: String
    private let group: any EventLoopGroup
    private let onMessage: @Sendable () -> Void
    /// What is prepared on each connection.
    private let scripts: [Script]

    private var connection: Prepared?
    private var attempt: Task<Prepared, any Error>?
    private var failures = 0
    private var notBefore = ContinuousClock.now
    private var problem = EngineError.away("Redis was not asked yet")
    private var isEnded = false

    /// A connection on which its scripts can be called by digest.
    struct Prepared: Sendable {
        let connection: Connection
        /// By script; one that Redis did not prepare is sent as text.
        let digests: [Script: String]
    }

    private static let firstPause = Duration.milliseconds(50)
    private static let longestPause = Duration.seconds(5)

    init(
        _ settings: EngineSettings, purpose: String, scripts: [Script] = [], on group: any EventLoopGroup,
        onMessage: @escaping @Sendable () -> Void = {}
    ) {
        self.settings = settings
        self.purpose = purpose
        self.scripts = scripts
        self.group = group
        self.onMessage = onMessage
    }

    /// The connection, made if there is none.
    func open() async throws(EngineError) -> Prepared {
        if let connection, connection.connection.isOpen { return connection }
        connection = nil
        guard !isEnded else { throw .away("the server is stopping") }
        if attempt == nil {
            guard ContinuousClock.now >= notBefore else { throw problem }
            attempt = Task { [settings, purpose, scripts, group, onMessage] in
                try await Self.connect(settings, purpose, scripts, group, onMessage)
            }
        }
        guard let attempt else { throw problem }
        let outcome = await attempt.result
        // Of several that waited, the first one takes the result.
        if self.attempt == attempt {
            self.attempt = nil
            note(outcome)
        }
        switch outcome {
        case .success(let made):
            guard !isEnded else {
                made.connection.close()
                throw .away("the server is stopping")
            }
            return made
        case .failure: throw problem
        }
    }

    private func note(_ outcome: Result<Prepared, any Error>) {
        switch outcome {
        case .success(let made):
            connection = made
            failures = 0
        case .failure(let error):
            problem = error as? EngineError ?? .away(Connection.words(of: error))
            // Full jitter: many replicas that lost the same engine do not come back together.
            let longest = min(Self.firstPause * (1 << min(failures, 10)), Self.longestPause)
            failures += 1
            notBefore = .now + longest * Double.random(in: 0...1)
        }
    }

    /// Gives up a connection that Redis refuses to write on: the next one may lead to another server.
    func drop(_ connection: Connection) {
        connection.close()
        if self.connection?.connection === connection { self.connection = nil }
    }

    /// How long it is until the next attempt.
    var pause: Duration { max(ContinuousClock.now.duration(to: notBefore), .milliseconds(20)) }

    func end() {
        isEnded = true
        connection?.connection.close()
        connection = nil
    }
}

extension Duration {
    fileprivate static func * (duration: Duration, factor: Double) -> Duration {
        .microseconds(Int64(Double(duration.milliseconds) * 1000 * factor))
    }
}

// Finding the engine.
extension Link {
    private static func connect(
        _ settings: EngineSettings, _ purpose: String, _ scripts: [Script], _ group: any EventLoopGroup,
        _ onMessage: @escaping @Sendable () -> Void
    ) async throws(EngineError) -> Prepared {
        var problem = EngineError.away("no address of Redis")
        for address in settings.addresses {
            do {
                let tls = try context(settings, for: address)
                guard let master = settings.master else {
                    // A single address is what the operator wants, master or not; of several, the master is looked for.
                    return try await prepare(
                        address, tls, settings, purpose, scripts, group, onMessage,
                        mustBeMaster: settings.addresses.count > 1)
                }
                let found = try await ask(address, tls, for: master, settings, group)
                return try await prepare(
                    found, tls, settings, purpose, scripts, group, onMessage, mustBeMaster: true)
            } catch {
                problem = error
            }
        }
        throw problem
    }

    private static func context(
        _ settings: EngineSettings, for address: EngineAddress
    ) throws(EngineError) -> NIOSSLContext? {
        guard address.isEncrypted else { return nil }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        do {
            if let authority = settings.authority {
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(authority))
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .refused("the certificate of the authority for Redis cannot be used")
        }
    }

    /// Asks a Sentinel where the master is.
    private static func ask(
        _ address: EngineAddress, _ tls: NIOSSLContext?, for master: String, _ settings: EngineSettings,
        _ group: any EventLoopGroup
    ) async throws(EngineError) -> EngineAddress {
        let commands = login(EngineLogin(address)) + [RedisCommand("SENTINEL", "get-master-addr-by-name", master)]
        let replies: [RedisReply]
        do {
            let sentinel = try await Connection.open(address, tls: tls, patience: settings.patience, on: group) {}
            defer { sentinel.close() }
            replies = try await sentinel.send(commands)
        } catch {
            throw error.engineError(isChange: false)
        }
        for case .error(let text) in replies { throw RedisProblem(text).engineError }
        guard let parts = replies.last?.elements, parts.count == 2, let host = parts[0].text,
            let port = parts[1].text.flatMap({ Int($0) }), (1...65_535).contains(port)
        else { throw .away("the Sentinel at \(address) knows no master of that name") }
        let login = settings.login ?? EngineLogin(user: nil, password: nil)
        return EngineAddress(
            .host(host, port: port), isEncrypted: address.isEncrypted, user: login.user, password: login.password,
            database: login.database)
    }

    /// Connects, logs in, and has scripts ready.
    private static func prepare(
        _ address: EngineAddress, _ tls: NIOSSLContext?, _ settings: EngineSettings, _ purpose: String,
        _ scripts: [Script], _ group: any EventLoopGroup, _ onMessage: @escaping @Sendable () -> Void,
        mustBeMaster: Bool
    ) async throws(EngineError) -> Prepared {
        let login = login(settings.login ?? EngineLogin(address))
        let extras =
            [RedisCommand("CLIENT", "SETNAME", "switchboard-\(settings.replica)-\(purpose)"), RedisCommand("ROLE")]
            + scripts.map { RedisCommand("SCRIPT", "LOAD", $0.text) }
        let connection: Connection
        let replies: [RedisReply]
        do {
            connection = try await Connection.open(
                address, tls: tls, patience: settings.patience, on: group, onMessage: onMessage)
            // The ping shows whether it takes commands at all: it may be loading, or want a password.
            replies = try await connection.send(login + [RedisCommand("PING")] + extras)
        } catch {
            throw error.engineError(isChange: false)
        }
        let answers = replies.prefix(login.count + 1)
        for case .error(let text) in answers {
            connection.close()
            throw RedisProblem(text).engineError
        }
        // What is only convenient may be forbidden.
        let rest = replies.dropFirst(answers.count)
        if mustBeMaster, let role = rest.dropFirst().first?.elements?.first?.text, role != "master" {
            connection.close()
            throw .away("Redis at \(address) is a copy")
        }
        let digests = zip(scripts, rest.dropFirst(2)).compactMap { script, reply in reply.text.map { (script, $0) } }
        return Prepared(connection: connection, digests: Dictionary(digests) { first, _ in first })
    }

    private static func login(_ login: EngineLogin) -> [RedisCommand] {
        var commands: [RedisCommand] = []
        if let password = login.password {
            commands.append(login.user.map { RedisCommand("AUTH", $0, password) } ?? RedisCommand("AUTH", password))
        }
        if login.database != 0 { commands.append(RedisCommand("SELECT", "\(login.database)")) }
        return commands
    }
}

extension EngineLogin {
    fileprivate init(_ address: EngineAddress) {
        self.init(user: address.user, password: address.password, database: address.database)
    }
}
