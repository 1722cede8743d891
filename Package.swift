// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// The manifest is the architecture diagram: a target reaches only the neighbours that it names here.
// `docs/architecture.md` holds the same map with the reasons, and `.ci/check-imports` compares the two with the code.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A module of the pure core, which tests run millions of times: optimized in debug builds too, where generic code that is not
/// specialized takes ten times as long.
func core(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies,
        swiftSettings: strict + [.unsafeFlags(["-O"], .when(configuration: .debug))])
}

/// A library target whose only neighbours are the ones named here; the files are carried in the program.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], carrying files: [String] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, resources: files.map { .embedInCode($0) }, swiftSettings: strict)
}

/// The tests of one module, which also use the shared builders.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies, exclude: exclude,
        swiftSettings: strict)
}

extension Target.Dependency {
    static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let deque = product(name: "DequeModule", package: "swift-collections")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let histogram = product(name: "Histogram", package: "hdrhistogram-swift")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let logging = product(name: "Logging", package: "swift-log")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
    static let nioExtras = product(name: "NIOExtras", package: "swift-nio-extras")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTPTypes = product(name: "NIOHTTPTypes", package: "swift-nio-extras")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let nioTLS = product(name: "NIOTLS", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let swiftCSV = product(name: "SwiftCSV", package: "SwiftCSV")
    static let yams = product(name: "Yams", package: "Yams")
}

let package = Package(
    name: "switchboard",
    products: [.executable(name: "switchboard", targets: ["switchboard"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    ],
    targets: [
        // Layer 0: pure. No I/O, no clock, no foreign library but collections.
        core("JSON"),
        core("Calls"),
        module("Contacts", ["Calls", .deque]),
        module("RecentCalls", ["Calls"]),
        core("Overrides", ["Calls"]),
        core("Sharing", ["Calls", "Overrides", .deque]),
        core("Rules", ["Overrides", "JSON", "Calls"]),
        module("DryRuns", ["Overrides", "JSON", "Calls", "Rules"]),
        core("WireFormat", ["JSON", "Calls", "EventLog", "Latencies", "Overrides", "Sharing"]),
        core("EventLog", ["Calls", "Latencies", "Overrides", .deque]),
        core("Filters", ["Calls", "EventLog"]),
        module("Exports", ["Calls", "EventLog", "JSON", "Latencies", "Overrides", "Screen", "WireFormat"]),
        core("Screen"),
        core("Dashboard", ["Overrides", "JSON", "Calls", "EventLog", "Filters", "Latencies", "Screen"]),

        // Layer 1: adapters. One foreign library each, and that library nowhere else.
        module("Latencies", [.histogram]),
        .target(name: "CLibcrypto", linkerSettings: [.linkedLibrary("crypto")]),
        module("Signatures", ["Calls", "CLibcrypto"]),
        .target(
            name: "CSimdjson",
            linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("stdc++")]),
        module("WebhookJSON", ["Calls", "CSimdjson"]),
        module("TimeZones", ["Calls", "Rules"]),
        module("FileWatching"),
        module("Files"),
        module("ControlSocket", ["Files"]),
        module("ServiceManager"),
        module("StateFiles", ["Calls", "Files", "WireFormat", "Overrides", "Sharing"]),
        .target(
            name: "CPhoneNumbers",
            linkerSettings: ["phonenumber", "icuuc", "stdc++"].map { .linkedLibrary($0) }),
        module("PhoneNumbers", ["Calls", "CPhoneNumbers"]),
        module("ContactTables", ["Calls", "Contacts", .swiftCSV]),
        module("ContactDatabases", ["Calls", "Contacts", .grdb]),
        module("Journal", ["Calls", "EventLog", "Files", "Filters", "Overrides", "Signatures", "WireFormat", .grdb]),
        module("ListenerTLS", ["Calls", .nioCore, .nioSSL, .nioTLS]),
        .target(name: "CHiredis", linkerSettings: [.linkedLibrary("hiredis")]),
        module("RedisEngine", ["Calls", "Sharing", "CHiredis", .nioCore, .nioPosix, .nioSSL]),
        module(
            "OutboundHTTP",
            ["JSON", "Calls", "Contacts", "Files", "ListenerTLS", .asyncHTTPClient, .nioCore, .nioHTTP1, .nioPosix]),
        module(
            "ConfigFiles", ["Overrides", "JSON", "Calls", "DryRuns", "Rules", "Screen", "Sharing", .yams],
            carrying: ["Schema/switchboard.schema.json"]
                + ["base", "contrast", "crt", "day", "deuter", "mono", "night"].map { "Themes/BuiltIn/\($0).yaml" }),
        .target(
            name: "CTerminal",
            cSettings: [.define("NCURSES_WIDECHAR", to: "1"), .define("_GNU_SOURCE")],
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        module("CursesDisplay", ["Screen", "CTerminal"]),

        // Layer 2: use cases.
        module(
            "CallAnswering",
            [
                "Calls", "Contacts", "EventLog", "JSON", "Overrides", "RecentCalls", "Rules", "Sharing", "Signatures",
                "WebhookJSON",
            ]),
        module("DeskSharing", ["Calls", "CallAnswering", "Overrides", "Sharing", "WireFormat"]),
        module(
            "ControlServer",
            [
                "JSON", "ControlSocket", "WireFormat", .hummingbird, .hummingbirdCore, .lifecycle, .logging, .nioCore,
                .nioHTTPTypes,
                .nioPosix,
            ]),
        module(
            "WebhookServer",
            [
                "Calls", "CallAnswering", "ListenerTLS", .deque, .nioCore, .nioPosix, .nioHTTP1, .nioExtras, .lifecycle,
            ]),
        module(
            "ControlAPI",
            [
                "Overrides", "JSON", "Calls", "ControlServer", "Exports", "Filters", "WireFormat", "EventLog",
                "CallAnswering",
            ]),
        module("CallSharing", ["Calls", "EventLog", "Sharing", "WireFormat"]),
        module("SimulatedPlatform", ["JSON", "Calls", "OutboundHTTP", "Signatures"]),
        module("DashboardRuntime", ["Overrides", "Calls", "Dashboard", "EventLog", "Screen", "CursesDisplay"]),

        // Layer 3: composition.
        module(
            "SwitchboardCommands",
            [
                "JSON", "Calls", "ConfigFiles", "ContactDatabases", "ContactTables", "Contacts", "ControlAPI",
                "ControlServer", "CallSharing",
                "ControlSocket", "CursesDisplay", "Dashboard", "DashboardRuntime", "DeskSharing", "RedisEngine",
                "Sharing", "Files", "WireFormat", "StateFiles",
                "EventLog", "Exports", "Filters", "CallAnswering", "FileWatching", "Journal", "Latencies",
                "ListenerTLS",
                "Overrides",
                "OutboundHTTP", "PhoneNumbers", "DryRuns", "RecentCalls",
                "Rules", "Screen", "ServiceManager",
                "Signatures", "SimulatedPlatform", "TimeZones",
                "WebhookServer",
                .argumentParser, .lifecycle, .logging,
            ]),
        .executableTarget(name: "switchboard", dependencies: ["SwitchboardCommands"], swiftSettings: strict),

        // Tests: one target a module, and the whole program from outside.
        .target(
            name: "TestSupport",
            dependencies: [
                "Calls", "Contacts", "EventLog", "JSON", "Overrides", "Rules", "Screen", "Sharing", "TimeZones",
            ],
            path: "Tests/TestSupport", swiftSettings: strict),
        tests("JSON"),
        tests("Calls"),
        tests("Contacts", ["Calls"]),
        tests("RecentCalls", ["Calls"]),
        tests("Sharing", ["Calls", "Overrides"]),
        tests("Rules", ["Overrides", "JSON", "Calls"]),
        tests("DryRuns", ["Overrides", "JSON", "Calls", "Rules"]),
        tests("Overrides", ["Calls"]),
        tests("WireFormat", ["JSON", "Calls", "EventLog", "Latencies", "Overrides", "Sharing"]),
        tests("StateFiles", ["Files", "JSON", "Calls", "WireFormat", "Overrides"]),
        tests("EventLog", ["Overrides", "Calls", "Latencies", "WireFormat"]),
        tests("Filters", ["Calls", "EventLog"]),
        tests("Exports", ["Calls", "EventLog", "JSON", "Overrides", "Screen", "WireFormat"], exclude: ["Reports"]),
        tests("Screen", exclude: ["Screens"]),
        tests("Dashboard", ["Overrides", "Calls", "EventLog", "Rules", "Screen"], exclude: ["Screens"]),
        tests("DashboardRuntime", ["Overrides", "Calls"]),
        tests("Signatures", ["Calls"]),
        tests("WebhookJSON", ["JSON", "Calls"]),
        tests("PhoneNumbers", ["Calls"]),
        tests("ContactTables", ["Calls", "Contacts", "PhoneNumbers"]),
        tests("ContactDatabases", ["Calls", "Contacts", "PhoneNumbers", .grdb]),
        tests(
            "Journal", ["Calls", "EventLog", "Files", "Filters", "JSON", "Overrides", "WireFormat", .grdb],
            exclude: ["Fixtures"]),
        tests("ListenerTLS", ["Calls"]),
        tests("CallSharing", ["Calls", "EventLog", "Sharing", "WireFormat"]),
        tests("RedisEngine", ["Calls", "Sharing", .nioPosix]),
        tests("OutboundHTTP", ["JSON", "Calls", "Contacts", .nioCore, .nioPosix]),
        tests("TimeZones", ["Calls", "Rules"]),
        tests(
            "ConfigFiles",
            [
                "Overrides", "JSON", "Calls", "ContactTables", "Contacts", "PhoneNumbers", "DryRuns", "Rules", "Screen",
                "TimeZones",
            ],
            exclude: ["Fixtures", "Themes/Colors"]),
        tests("FileWatching"),
        tests("ControlSocket"),
        tests("Files"),
        tests("ServiceManager"),
        tests("ControlServer", ["ControlSocket", .lifecycle, .logging, .nioCore, .nioPosix]),
        tests("CursesDisplay", ["CTerminal", "Screen"]),
        tests("CallAnswering", ["JSON", "Calls", "Contacts", "EventLog", "Overrides", "Rules", "Signatures"]),
        tests(
            "DeskSharing",
            ["Calls", "CallAnswering", "EventLog", "Overrides", "Rules", "Sharing", "StateFiles", "WireFormat"]),
        tests(
            "WebhookServer",
            [
                "Overrides", "Calls", "EventLog", "CallAnswering", "ListenerTLS", "Rules", "Signatures", .lifecycle,
                .logging, .nioCore,
                .nioEmbedded,
                .nioPosix, .nioHTTP1,
            ]),
        tests(
            "ControlAPI",
            [
                "JSON", "Calls", "ControlServer", "WireFormat", "EventLog", "Filters", "CallAnswering", "Overrides",
                "Rules",
            ]),
        tests(
            "SimulatedPlatform",
            ["JSON", "Calls", "OutboundHTTP", "Signatures", "WebhookJSON", .nioCore, .nioPosix, .nioHTTP1]),
        tests(
            "SwitchboardCommands",
            [
                "JSON", "Calls", "CallAnswering", "ConfigFiles", "ContactTables", "Contacts", "ControlAPI",
                "ControlServer", "Dashboard", "DryRuns", "EventLog", "Filters", "Journal", "Overrides", "PhoneNumbers",
                "Rules", "TimeZones",
                "WireFormat",
            ]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["switchboard"], exclude: ["Goldens", "Scripts"], swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// What `packaging/locales` makes is linked in place of Foundation's locale data, a third of the program.
if let locales = Context.environment["SWITCHBOARD_LOCALES"], !locales.isEmpty {
    for target in package.targets where target.name == "switchboard" {
        target.linkerSettings = [.unsafeFlags([locales])]
    }
}

// Benchmarks stay out of every other build. They live in this manifest because `package` declarations end at its edge.
if Context.environment["SWITCHBOARD_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "SwitchboardBenchmarks",
            dependencies: [
                "Calls", "ConfigFiles", "ContactTables", "Contacts", "EventLog", "CallAnswering", "PhoneNumbers",
                "Rules",
                "Signatures", "TimeZones", "WebhookJSON", "WebhookServer", .nioCore, .nioPosix, .nioHTTP1,
            ],
            path: "Benchmarks/SwitchboardBenchmarks", swiftSettings: strict))
}

// Fuzzers stay out of every other build; `Hardening/fuzz` builds them with libFuzzer.
if Context.environment["SWITCHBOARD_FUZZERS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "SwitchboardFuzzers",
            dependencies: [
                "CallAnswering", "Calls", "ConfigFiles", "ContactTables", "Contacts", "CursesDisplay", "Dashboard",
                "EventLog", "Exports", "Filters", "JSON", "Journal", "Overrides", "PhoneNumbers", "Rules", "Screen",
                "TestSupport", "TimeZones", "WebhookJSON", "WebhookServer", "WireFormat", .nioCore, .nioEmbedded,
                .nioHTTP1,
            ],
            path: "Hardening/SwitchboardFuzzers", swiftSettings: strict))
}

// Our C and C++ under UndefinedBehaviorSanitizer, for `Hardening/sanitize`; the first fault ends the process.
if Context.environment["SWITCHBOARD_UNDEFINED"] != nil {
    let flags = ["-fsanitize=undefined", "-fno-sanitize=vptr,function", "-fno-sanitize-recover=all"]
    for target in package.targets
    where ["CSimdjson", "CPhoneNumbers", "CTerminal", "CLibcrypto", "CHiredis"].contains(target.name) {
        target.cSettings = (target.cSettings ?? []) + [.unsafeFlags(flags)]
        target.cxxSettings = (target.cxxSettings ?? []) + [.unsafeFlags(flags)]
    }
}

// `SWITCHBOARD_TESTS=Rules,ConfigFiles swift test` builds and runs the tests of these modules only.
if let chosen = Context.environment["SWITCHBOARD_TESTS"] {
    let names = Set(chosen.split(separator: ",").map { "\($0)Tests" })
    package.targets.removeAll { $0.type == .test && !names.contains($0.name) }
}
