// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Foundation
import Signatures

/// Reads the files that a rules file names; relative paths start at the folder of the rules file.
enum NamedFiles {
    static func read(_ path: String, besides configuration: String) -> FileReading {
        do {
            let path = self.path(path, besides: configuration)
            return .bytes(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        } catch {
            return .unreadable(words(for: error))
        }
    }

    /// The path of a file that a rules file names.
    static func path(_ path: String, besides configuration: String) -> String {
        let folder = URL(fileURLWithPath: configuration).deletingLastPathComponent()
        return URL(fileURLWithPath: HomeFolder.expand(path), relativeTo: folder).path
    }

    /// The name of a file without its folders, to fit a narrow screen.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The absolute path.
    static func absolute(_ path: String) -> String { URL(fileURLWithPath: HomeFolder.expand(path)).path }

    /// The reason of a file error, for people.
    static func words(for error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile: "no such file"
        case .fileReadNoPermission: "permission denied"
        case .fileReadUnknown: "not a readable file"
        case .fileWriteFileExists: "a file of that name exists"
        default: "\(error.localizedDescription)"
        }
    }
}

/// Loads the webhook secrets that the rules file names; no message ever shows one.
enum SecretLoader {
    static func load(
        _ sources: [SecretSource], besides configuration: String, environment: [String: String]
    ) throws -> [WebhookSecret] {
        try sources.map { source in
            switch source {
            case .environment(let name):
                guard let text = environment[name], let secret = WebhookSecret(Array(text.utf8)) else {
                    throw CommandFailure(
                        .failure,
                        "The environment variable \(name) with a webhook secret is not set; set it, or remove it from "
                            + "server.secrets in \(configuration).")
                }
                return secret
            case .file(let path): return try read(path, besides: configuration)
            }
        }
    }

    private static func read(_ path: String, besides configuration: String) throws -> WebhookSecret {
        let place = NamedFiles.path(path, besides: configuration)
        guard case .bytes(var bytes) = NamedFiles.read(path, besides: configuration) else {
            throw CommandFailure(.failure, "Cannot read the secret file \(place).")
        }
        while bytes.last == 0x0A || bytes.last == 0x0D { bytes.removeLast() }
        if let secret = WebhookSecret(bytes) { return secret }
        throw CommandFailure(.failure, "The secret file \(place) is empty.")
    }
}
