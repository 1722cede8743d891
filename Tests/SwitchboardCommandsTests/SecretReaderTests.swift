// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Foundation
import Glibc
import TestSupport
import Testing

@testable import SwitchboardCommands

struct SecretReaderTests {
    static let bytes: [Row<[UInt8], (secret: String, warnings: Int)>] = [
        Row("plain", Array("secret".utf8), ("secret", 0)),
        Row("row 8: a line end", Array("secret\n".utf8), ("secret", 0)),
        Row("row 8: line ends of Windows", Array("secret\r\n\r\n".utf8), ("secret", 0)),
        Row("row 8: a space after it", Array("secret \n".utf8), ("secret ", 1)),
        Row("row 8: a tab before it", Array("\tsecret".utf8), ("\tsecret", 1)),
        Row("row 8: a byte order mark", [0xEF, 0xBB, 0xBF] + Array("secret\n".utf8), ("secret", 1)),
        Row("spaces within", Array("two words".utf8), ("two words", 0)),
    ]

    @Test(arguments: bytes) func aSecretIsReadInTheSameWayEverywhere(
        _ row: Row<[UInt8], (secret: String, warnings: Int)>
    ) throws {
        try TemporaryFolder.with { folder in
            try Data(row.input).write(to: folder.url.appending(path: "hms"))
            let reader = SecretReader(configuration: folder.path("rules.yaml")) { name in
                name == "SECRET" ? row.input : name == "CREDENTIALS_DIRECTORY" ? Array(folder.path.utf8) : nil
            }
            for source in [SecretSource.environment("SECRET"), .file("hms"), .credential("hms")] {
                let reading = try reader.read(source)
                #expect(reading.bytes == Array(row.expected.secret.utf8))
                #expect(reading.warnings.count == row.expected.warnings)
                for warning in reading.warnings { #expect(!warning.contains("secret ") || !warning.contains("words")) }
            }
        }
    }

    @Test("break 7: bytes that are not UTF-8") func damagedBytesAreUsedAndReported() throws {
        let reading = try SecretReader(configuration: "rules.yaml") { _ in [0x73, 0xFF, 0xFE] }.read(.environment("X"))
        #expect(reading.bytes == [0x73, 0xFF, 0xFE])
        #expect(reading.warnings.count == 1)
    }

    static let failures: [Row<SecretSource, String>] = [
        Row("no variable", .environment("NONE"), "NONE"),
        Row("an empty variable", .environment("EMPTY"), "EMPTY"),
        Row("no file", .file("none"), "none"),
        Row("a folder", .file("folder"), "a folder"),
        Row("an endless device", .file("/dev/zero"), "a device"),
        Row("an empty file", .file("empty"), "empty"),
        Row("credentials without systemd", .credential("hms"), "CREDENTIALS_DIRECTORY"),
    ]

    @Test(arguments: failures) func whatCannotBeUsedIsNamed(_ row: Row<SecretSource, String>) throws {
        try TemporaryFolder.with { folder in
            try folder.makeFolder("folder")
            try folder.write("\n", to: "empty")
            let reader = SecretReader(configuration: folder.path("rules.yaml")) { $0 == "EMPTY" ? [0x0A] : nil }
            let problem = #expect(throws: SecretReader.Problem.self) { try reader.read(row.input) }
            #expect(problem?.description.contains(row.expected) == true)
        }
    }

    @Test("break 7: a file that every user can read") func aPublicFileIsReported() throws {
        try TemporaryFolder.with { folder in
            try folder.write("secret\n", to: "hms")
            #expect(chmod(folder.path, 0o755) == 0)
            #expect(chmod(folder.path("hms"), 0o644) == 0)
            let reader = SecretReader(configuration: folder.path("rules.yaml"))
            let warnings = try reader.read(.file("hms")).warnings
            // A folder above may keep others out.
            #expect(warnings.isEmpty || warnings[0].contains("644"))
            #expect(chmod(folder.path("hms"), 0o600) == 0)
            #expect(try reader.read(.file("hms")).warnings.isEmpty)
        }
    }
}
