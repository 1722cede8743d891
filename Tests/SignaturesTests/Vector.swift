// SPDX-License-Identifier: Apache-2.0

import Testing

/// A body and its MAC, worked out outside of this code for the contract (section 2).
struct Vector: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: [UInt8]
    let code: String

    static let empty = Vector(
        testDescription: "{}", body: Array("{}".utf8),
        code: "97158bc802faccb257045a61c8bcc0de64d988ad74570420e870ff671432dbaa")

    static let all = [
        empty,
        Vector(
            testDescription: "beyond ASCII", body: Array(#"{"note":"café 📞"}"#.utf8),
            code: "5f14a6dd930b4851063bf3486dd652519ce170f3c44584ffc9e586467e2402b5"),
        Vector(
            testDescription: "not UTF-8", body: [0x7B, 0x22, 0x78, 0x22, 0x3A, 0x22, 0xFF, 0x22, 0x7D],
            code: "852d95256bbe8ae73a37a741df75deb67455f1b8f639e6edfeea2226ecac8948"),
        Vector(
            testDescription: "no bytes at all", body: [],
            code: "c9ea4eb3a78a4ab413a24917426b27abfb657d70e4e8f525357d3fb0bb034095"),
        Vector(
            testDescription: "an assistant-request", body: Array(assistantRequest.utf8),
            code: "9ac21ac05c485543dc9493113a07fe8ba65bea0d4a263216cf8133e57e7659e6"),
    ]

    private static let assistantRequest = """
        {"message":{"type":"assistant-request","timestamp":"2026-07-01T10:00:00.000Z","call":{"id":"c-0001",\
        "type":"inbound_phone_call","status":"ringing"},"phone_number":{"number":"+31205550100","name":"Front desk"},\
        "customer":{"number":"+31655501234"}}}
        """
}
