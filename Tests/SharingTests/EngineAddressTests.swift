// SPDX-License-Identifier: Apache-2.0

import Sharing
import TestSupport
import Testing

struct EngineAddressTests {
    @Test(arguments: [
        ("redis://10.0.0.5", EngineAddress(.host("10.0.0.5", port: 6379))),
        ("redis://10.0.0.5:7000/3", EngineAddress(.host("10.0.0.5", port: 7000), database: 3)),
        ("redis://10.0.0.5/", EngineAddress(.host("10.0.0.5", port: 6379))),
        ("redis://[2001:db8::1]:6380", EngineAddress(.host("2001:db8::1", port: 6380))),
        ("rediss://redis.example.com", EngineAddress(.host("redis.example.com", port: 6379), isEncrypted: true)),
        ("redis://:secret@redis", EngineAddress(.host("redis", port: 6379), password: "secret")),
        ("redis://desk:p%40ss%2F1@redis", EngineAddress(.host("redis", port: 6379), user: "desk", password: "p@ss/1")),
        ("redis://desk:a@b:c@redis", EngineAddress(.host("redis", port: 6379), user: "desk", password: "a@b:c")),
        ("unix:///run/redis/redis.sock", EngineAddress(.socket("/run/redis/redis.sock"))),
        ("unix:///run/redis.sock?db=2", EngineAddress(.socket("/run/redis.sock"), database: 2)),
        (
            "unix://desk:secret@/run/redis.sock",
            EngineAddress(.socket("/run/redis.sock"), user: "desk", password: "secret")
        ),
    ])
    func urlsAreRead(_ input: String, _ expected: EngineAddress) throws {
        #expect(try EngineAddress(input) == expected)
    }

    @Test(arguments: [
        ("", EngineAddressProblem.noScheme),
        ("10.0.0.5:6379", .noScheme),
        ("http://10.0.0.5", .noScheme),
        ("redis://", .host),
        ("redis://:6379", .host),
        ("redis://a b", .host),
        ("redis://h\u{1B}ost", .host),
        ("redis://[::1", .host),
        ("redis://[::1]x", .host),
        ("redis://host:0", .port),
        ("redis://host:65536", .port),
        ("redis://host:+80", .port),
        ("redis://2001:db8::1", .port),
        ("redis://host/zero", .database),
        ("redis://host/-1", .database),
        ("redis://user@host", .credentials),
        ("redis://user:%zz@host", .credentials),
        ("redis://user:%+f@host", .credentials),
        ("redis://user:%ff@host", .credentials),
        ("unix://run/redis.sock", .path),
        ("unix:///", .path),
        ("unix:///a%00b", .path),
        ("unix:///run/redis.sock?database=1", .database),
    ])
    func mistakesAreRefused(_ input: String, _ expected: EngineAddressProblem) {
        #expect(throws: expected) { try EngineAddress(input) }
    }

    @Test func aPasswordIsNotPrinted() throws {
        let address = try EngineAddress("redis://desk:s3cret@redis:6380/1")
        var dumped = ""
        dump(address, to: &dumped)
        let text = "eu-1"
        let name = try #require(ReplicaName(text))
        let login = EngineLogin(user: "desk", password: "s3cret")
        let settings = EngineSettings(addresses: [address], login: login, desk: name, replica: name)
        for text in ["\(address)", String(reflecting: address), dumped, "\(settings)", "\(login)"] {
            #expect(!text.contains("s3cret"), "\(text)")
        }
        #expect("\(address)" == "redis:6380")
    }
}
