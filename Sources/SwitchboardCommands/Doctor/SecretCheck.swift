// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Files
import Foundation
import Overrides

/// The webhook secrets: whether they are there, who can read them, and whether they are what was meant.
enum SecretCheck {
    /// Shorter ones can be guessed.
    private static let fewestBytes = 16

    static func check(
        _ settings: ServerSettings, besides configuration: String, _ server: ServerFound
    ) -> [HealthCheck] {
        guard !settings.secrets.isEmpty else {
            let advice = "set server.secrets to the secret of the platform"
            return settings.listen.isLoopback
                ? [
                    .warning(
                        "secrets", "webhooks are not signed: anybody who reaches the server can send them", do: advice)
                ]
                : [.failure("secrets", "webhooks are not signed, and the address is public", do: advice)]
        }
        let reader = SecretReader(configuration: configuration)
        return settings.secrets.flatMap { check($0, reader, server) }
    }

    /// What the secret is comes first: the mode of a device or of a folder is nobody's to change.
    private static func check(_ source: SecretSource, _ reader: SecretReader, _ server: ServerFound) -> [HealthCheck] {
        let found = content(of: source, reader, server)
        guard let path = reader.path(of: source), let fault = mode(of: path, reader.place(of: source)) else {
            return [found]
        }
        return found.outcome == .ok ? [fault] : [found, fault]
    }

    private static func content(
        of source: SecretSource, _ reader: SecretReader, _ server: ServerFound
    ) -> HealthCheck {
        let place = reader.place(of: source)
        do throws(SecretReader.Problem) {
            let reading = try reader.read(source, withMode: false)
            if let warning = reading.warnings.first {
                return .warning("secrets", warning, do: "write the secret alone")
            }
            guard reading.bytes.count >= fewestBytes else {
                return .warning(
                    "secrets", "\(place) has a secret of only \(reading.bytes.count) bytes",
                    do: "use \(fewestBytes) or more, on both sides")
            }
            return .ok("secrets", "\(place) has a secret")
        } catch {
            let isElsewhere = reader.path(of: source) == nil || error.cause == .file(.denied)
            if isElsewhere, server.report?.server.isSigned == true {
                return reader.path(of: source) == nil
                    ? .ok("secrets", "\(error) in this shell; the running server has its secrets")
                    : .skipped("secrets", "\(error); the running server has its secrets, and \(server.wayToLook)")
            }
            return .failure("secrets", "\(error)", do: advice(error.cause))
        }
    }

    private static func advice(_ cause: SecretReader.Problem.Cause) -> String {
        switch cause {
        case .unset: "set it for the server, or remove it from server.secrets"
        case .empty: "write the secret into it, or remove it from server.secrets"
        case .file(.absent): "create it, or correct server.secrets"
        case .file(.denied): "run as the user of the server, or let that user read it"
        case .file(.unsuitable), .file(.tooLarge): "name the file of the secret in server.secrets"
        case .file(.silent): "write the secret into a file, and name that in server.secrets"
        case .file(.system): "see to its disk, or name another file in server.secrets"
        }
    }

    /// What is wrong with who may read or change a file.
    private static func mode(of path: String, _ place: String) -> HealthCheck? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let mode = "mode 0\(String(status.st_mode & 0o7777, radix: 8))"
        if status.st_mode & 0o007 != 0 {
            return .failure("secrets", "\(place) is open to every user (\(mode))", do: "chmod 600 \(path)")
        }
        if status.st_mode & 0o020 != 0 {
            return .failure("secrets", "\(place) can be changed by its group (\(mode))", do: "chmod 640 \(path)")
        }
        return nil
    }
}
