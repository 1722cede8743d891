// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Foundation
import TestSupport

extension ThemeLibrary {
    private static let folder = Repository.root.appending(path: "themes")

    /// The themes in this repository.
    static let shipped = ThemeLibrary(folders: [folder.path]) { path in
        FileManager.default.contents(atPath: path).map { Array($0) }
    }

    /// Their names.
    static let shippedNames: [String] = {
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }()

    static func shippedText(_ name: String) -> String {
        let bytes = FileManager.default.contents(atPath: folder.appending(path: name + ".yaml").path) ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A library of texts, by the names of their files.
    static func holding(_ texts: [String: String]) -> ThemeLibrary {
        ThemeLibrary(folders: ["mine", "theirs"]) { texts[$0].map { Array($0.utf8) } }
    }
}
