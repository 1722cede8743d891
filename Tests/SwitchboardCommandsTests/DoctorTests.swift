// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Glibc
import TestSupport
import Testing

@testable import SwitchboardCommands

struct DoctorTests {
    /// A secret that is there, and the mode that it has.
    struct Planted: Sendable, CustomStringConvertible {
        let name: String
        var mode: mode_t = 0o600

        var description: String { "\(name) of \(String(mode, radix: 8))" }
    }

    private static let secret = "0123456789abcdef"

    /// What is found, and whether the mode is.
    static let secrets: [Row<Planted, (outcomes: [HealthCheck.Outcome], words: String)>] = [
        Row("a secret", Planted(name: "good"), ([.ok], "has a secret")),
        Row("finding 3: everybody may read it", Planted(name: "good", mode: 0o644), ([.failure], "0644")),
        Row("its group may change it", Planted(name: "good", mode: 0o660), ([.failure], "0660")),
        Row("finding 3: a link to a device", Planted(name: "device"), ([.failure], "it is a device")),
        Row("finding 3: a folder", Planted(name: "folder", mode: 0o755), ([.failure], "it is a folder")),
        Row("finding 3: empty, and open", Planted(name: "empty", mode: 0o644), ([.failure, .failure], "is empty")),
        Row("finding 3: large, and open", Planted(name: "large", mode: 0o644), ([.failure, .failure], "larger than")),
        Row("short, and open", Planted(name: "short", mode: 0o644), ([.warning, .failure], "only 5 bytes")),
        Row("missing", Planted(name: "missing"), ([.failure], "no such file")),
    ]

    @Test(arguments: secrets) func whatASecretIsComesBeforeItsMode(
        _ row: Row<Planted, (outcomes: [HealthCheck.Outcome], words: String)>
    ) throws {
        try TemporaryFolder.with { folder in
            try folder.write(Self.secret, to: "good")
            try folder.write("", to: "empty")
            try folder.write("short", to: "short")
            try folder.write(String(repeating: "x", count: 100_000), to: "large")
            try folder.makeFolder("folder")
            #expect(symlink("/dev/null", folder.path("device")) == 0)
            if row.input.name != "device" { _ = chmod(folder.path(row.input.name), row.input.mode) }
            var settings = ServerSettings()
            settings.secrets = [.file(row.input.name)]
            let checks = SecretCheck.check(settings, besides: folder.path("rules.yaml"), .nobody)
            #expect(checks.map(\.outcome) == row.expected.outcomes)
            #expect(checks.first?.words.contains(row.expected.words) == true)
            // Nobody is to change the mode of what is no file.
            let isFile = !["device", "folder", "missing"].contains(row.input.name)
            #expect(isFile || !checks.contains { $0.advice.contains("chmod") })
        }
    }

    static let silences: [Row<ServerFound.Problem, String>] = [
        Row("finding 4: it accepts and does not answer", .silent, "does not answer"),
        Row("another user's", .notAllowed, "may not use"),
        Row("something else", .strange("it answers 404."), "404"),
    ]

    @Test(arguments: silences) func whatListensAndIsNoGoodServerIsAFailure(_ row: Row<ServerFound.Problem, String>) {
        let found = ServerFound(
            socket: "/nowhere/socket", report: nil, problem: row.input, state: .none(""), holder: 4711, isHeld: true)
        let checks = ServerCheck.check(found, isRulesFileFine: true)
        #expect(checks.map(\.outcome) == [.failure])
        #expect(checks.first?.words.contains(row.expected) == true)
        #expect(checks.first?.words.hasSuffix(".") == false)
    }

    @Test("finding 13: the query of an address is not in a report") func theQueryOfAnAddressIsLeftOut() {
        let redaction = Redaction(home: "", user: "", hosts: ["phone.example.com"], query: "?token=s3cret")
        #expect(redaction.applied(to: "https://phone.example.com/a?token=s3cret: no") == "https://HOST/a: no")
    }
}

extension ServerFound {
    fileprivate static let nobody = ServerFound(
        socket: "/nowhere/socket", report: nil, problem: nil, state: .none(""), holder: nil, isHeld: false)
}
