// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import FileWatching
import Files
import Foundation
import Signatures

/// Reads the secrets that a rules file names; no message ever shows one.
struct SecretReader: Sendable {
    /// The rules file.
    let configuration: String
    /// The value of an environment variable, byte for byte.
    var variable: @Sendable (String) -> [UInt8]? = { name in
        getenv(name).map { Array(Data(bytes: $0, count: strlen($0))) }
    }

    /// The most bytes of a secret file.
    private static let mostBytes = 64 << 10
    /// How long the next byte of a pipe may take, in milliseconds.
    private static let patience: Int32 = 5_000
    /// Where systemd puts the credentials of a service.
    private static let credentials = "CREDENTIALS_DIRECTORY"
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Why there is no secret.
    struct Problem: Error, CustomStringConvertible {
        let description: String
        let cause: Cause

        enum Cause: Hashable {
            /// There is no such variable, or no credentials.
            case unset
            case empty
            case file(WholeFile.Failure)
        }
    }

    /// A secret, and what is odd about it.
    struct Reading {
        let bytes: [UInt8]
        let warnings: [String]
    }

    /// Reads a secret without the line end that editors and shells add; `withMode` warns of a file that everybody can read.
    func read(_ source: SecretSource, withMode: Bool = true) throws(Problem) -> Reading {
        var warnings: [String] = []
        var bytes = try raw(source)
        if withMode, let path = path(of: source), let mode = FileAccess.modeIfEverybodyReads(path) {
            warnings.append(
                "every user of this machine can read \(place(of: source)) (mode \(String(mode, radix: 8))); "
                    + "run `chmod o-r`")
        }
        let place = place(of: source)
        if bytes.starts(with: Self.byteOrderMark) {
            bytes.removeFirst(Self.byteOrderMark.count)
            warnings.append("\(place) begins with a byte order mark, which is not used as part of the secret")
        }
        while bytes.last == 0x0A || bytes.last == 0x0D { bytes.removeLast() }
        guard !bytes.isEmpty else { throw Problem(description: "\(place) is empty", cause: .empty) }
        if String(validating: bytes, as: UTF8.self) == nil {
            warnings.append("\(place) has bytes that are not UTF-8; is it damaged?")
        } else if [bytes.first, bytes.last].contains(where: { $0.map { $0 <= 0x20 } ?? false }) {
            warnings.append(
                "\(place) begins or ends with white space, which is used as part of the secret; is it meant?")
        }
        return Reading(bytes: bytes, warnings: warnings)
    }

    private func raw(_ source: SecretSource) throws(Problem) -> [UInt8] {
        guard let path = path(of: source) else {
            guard case .environment(let name) = source, let bytes = variable(name) else {
                throw Problem(description: "\(place(of: source)) is not set", cause: .unset)
            }
            return bytes
        }
        do throws(WholeFile.Failure) {
            return try WholeFile.read(path, atMost: Self.mostBytes, patience: Self.patience).bytes
        } catch {
            throw Problem(description: "cannot read \(place(of: source)): \(error)", cause: .file(error))
        }
    }

    /// The file of a secret; `nil` if it is in the environment, or systemd has given no credentials.
    func path(of source: SecretSource) -> String? {
        switch source {
        case .environment: nil
        case .file(let path): NamedFiles.path(path, besides: configuration)
        case .credential(let name):
            variable(Self.credentials).map { String(decoding: $0, as: UTF8.self) + "/" + name }
        }
    }

    /// Where a secret is, in words.
    func place(of source: SecretSource) -> String {
        switch source {
        case .environment(let name): "the environment variable \(name)"
        case .file(let path): "the secret file \(NamedFiles.path(path, besides: configuration))"
        case .credential(let name): "the credential \(name) ($\(Self.credentials))"
        }
    }
}

/// The webhook secrets of a rules file.
struct LoadedSecrets: Sendable {
    let secrets: [WebhookSecret]
    /// What is odd about them.
    let findings: [Diagnostic]

    /// Reads all secrets, or fails with the first that cannot be used.
    static func load(_ file: RulesFile, of configuration: String) throws(CommandFailure) -> LoadedSecrets {
        let reader = SecretReader(configuration: configuration)
        var secrets: [WebhookSecret] = []
        var findings: [Diagnostic] = []
        for (index, source) in file.server.secrets.enumerated() {
            do throws(SecretReader.Problem) {
                let reading = try reader.read(source)
                guard let secret = WebhookSecret(reading.bytes) else { continue }
                secrets.append(secret)
                findings += reading.warnings.map { file.secretFinding($0, index) }
            } catch {
                throw CommandFailure(
                    .failure, "A webhook secret cannot be used: \(error). See server.secrets in \(configuration).")
            }
        }
        return LoadedSecrets(secrets: secrets, findings: findings)
    }

    /// What is odd about the secrets that are here; elsewhere than on the server they may be missing.
    static func findings(_ file: RulesFile, of configuration: String) -> [Diagnostic] {
        let reader = SecretReader(configuration: configuration)
        return file.server.secrets.enumerated().flatMap { index, source -> [Diagnostic] in
            do throws(SecretReader.Problem) {
                return try reader.read(source).warnings.map { file.secretFinding($0, index) }
            } catch {
                return []
            }
        }
    }
}

extension ConfigurationSource {
    /// The files of secrets, which need not be there.
    var secretFiles: Set<WatchedFile> {
        let reader = SecretReader(configuration: path)
        let headers = (outcome.file?.contacts ?? []).flatMap(\.kind.secrets)
        let secrets = (outcome.file?.server.secrets ?? []) + headers
        return Set(secrets.compactMap(reader.path).map { WatchedFile($0) })
    }
}
