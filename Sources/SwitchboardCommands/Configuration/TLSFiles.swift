// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import FileWatching
import Files
import ListenerTLS

/// The certificate and the key that a rules file names.
struct TLSFiles {
    private let file: RulesFile
    private let settings: TLSSettings
    /// The rules file.
    private let configuration: String

    /// The most bytes of a file.
    private static let mostBytes = 1 << 20
    /// How long the next byte of a pipe may take, in milliseconds.
    private static let patience: Int32 = 5_000
    /// From when on it is said that a certificate ends.
    private static let warningSeconds: Int64 = 14 * 86_400

    /// `nil` if the rules file names none.
    init?(_ file: RulesFile, of configuration: String) {
        guard let settings = file.server.tls else { return nil }
        self.file = file
        self.settings = settings
        self.configuration = configuration
    }

    /// Why they cannot be used.
    private struct Problem: Error {
        let isAboutTheKey: Bool
        let words: String
        /// Another user, or another machine, may be able to read them.
        let isOnlyHere: Bool
    }

    /// Reads both.
    private func read() throws(Problem) -> TLSCertificate {
        let chain = try bytes(settings.certificate, isKey: false)
        let key = try bytes(settings.key, isKey: true)
        do throws(TLSCertificateProblem) {
            return try TLSCertificate(chain: chain, key: key)
        } catch {
            let path = path(error.isAboutTheKey ? settings.key : settings.certificate)
            throw Problem(isAboutTheKey: error.isAboutTheKey, words: "\(path): \(error)", isOnlyHere: false)
        }
    }

    private func bytes(_ name: String, isKey: Bool) throws(Problem) -> [UInt8] {
        do throws(WholeFile.Failure) {
            return try WholeFile.read(path(name), atMost: Self.mostBytes, patience: Self.patience).bytes
        } catch {
            throw Problem(isAboutTheKey: isKey, words: "cannot read \(path(name)): \(error)", isOnlyHere: true)
        }
    }

    private func path(_ name: String) -> String { NamedFiles.path(name, besides: configuration) }

    /// The files, to be watched.
    var watched: Set<WatchedFile> { [WatchedFile(path(settings.certificate)), WatchedFile(path(settings.key))] }

    /// The certificate, or a failure that says what to do.
    func load() throws(CommandFailure) -> TLSCertificate {
        do throws(Problem) {
            return try read()
        } catch {
            throw CommandFailure(
                .failure, "TLS cannot be served: \(error.words). See server.tls in \(configuration).")
        }
    }

    /// What is wrong or odd about them; `isHere` says whether the server reads them as they are read here.
    func findings(at now: Instant) -> [Diagnostic] {
        let modes = FileAccess.modeIfEverybodyReads(path(settings.key)).map { mode in
            file.tlsFinding(
                .warning, ofKey: true,
                "every user of this machine can read \(path(settings.key)) (mode \(String(mode, radix: 8))); run `chmod o-r`"
            )
        }
        do throws(Problem) {
            let certificate = try read()
            return [
                Self.dates(of: certificate, at: now).map { words, isError in
                    file.tlsFinding(isError ? .error : .warning, ofKey: false, "\(path(settings.certificate)) \(words)")
                }, modes,
            ].compactMap(\.self)
        } catch {
            let severity: Diagnostic.Severity = error.isOnlyHere ? .warning : .error
            return [file.tlsFinding(severity, ofKey: error.isAboutTheKey, error.words), modes].compactMap(\.self)
        }
    }

    /// What the dates of a certificate mean now; `nil` while all is well.
    static func dates(of certificate: TLSCertificate, at now: Instant) -> (words: String, isError: Bool)? {
        let (from, until) = (certificate.validFrom, certificate.validUntil)
        if until <= now { return ("expired on \(until), so no platform accepts it", true) }
        if from > now { return ("is not valid before \(from); is the clock right?", true) }
        guard until < now.advanced(bySeconds: warningSeconds) else { return nil }
        return ("expires on \(until); renew it", false)
    }
}

extension ConfigurationSource {
    /// The files of TLS, which are watched.
    var tlsFiles: Set<WatchedFile> {
        outcome.file.flatMap { TLSFiles($0, of: path) }?.watched ?? []
    }
}
