// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport
import Testing

/// Addresses and ranges as rules files and proxies write them.
@Suite struct IPAddressTests {
    @Test(arguments: [
        Row("IPv4 in IPv6", "::ffff:192.0.2.1", "192.0.2.1"),
        Row("the same in hexadecimal", "::ffff:c000:201", "192.0.2.1"),
        Row("zeros are left out", "2001:db8:0:0:0:0:0:1", "2001:db8::1"), Row("capitals", "2001:DB8::A", "2001:db8::a"),
        Row("nothing but zeros", "0:0:0:0:0:0:0:0", "::"),
        Row("the gap at the end", "2001:db8:0:0:0:0:0:0", "2001:db8::"),
    ])
    func oneAddressHasSeveralSpellings(_ row: Row<String, String>) throws {
        let address = try #require(IPAddress(row.input))
        #expect(address == IPAddress(row.expected))
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.-4", "1.2.3.4 ", " 1.2.3.4", "1.2.3.+4",
        "a.b.c.d", ":",
        ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "12345::", "g::", "+1::",
        "fe80::1%eth0",
        "::1.2.3", "1.2.3.4::", "unknown", "\u{0661}.2.3.4", String(repeating: "1", count: 1000),
    ])
    func whatIsNoAddressIsRefused(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: [
        Row("127.0.0.1", "127.0.0.1", true), Row("127.1.2.3", "127.1.2.3", true), Row("::1", "::1", true),
        Row("mapped", "::ffff:127.0.0.1", true), Row("128.0.0.1", "128.0.0.1", false), Row("::2", "::2", false),
        Row("::", "::", false), Row("::127.0.0.1", "::127.0.0.1", false), Row("1::1", "1::1", false),
    ])
    func loopback(_ row: Row<String, Bool>) throws {
        #expect(try #require(IPAddress(row.input)).isLoopback == row.expected)
    }

    @Test(arguments: [
        Row("itself", ("192.0.2.1", "192.0.2.1"), true), Row("a neighbour", ("192.0.2.1", "192.0.2.2"), false),
        Row("the first of a range", ("10.0.0.0/8", "10.0.0.0"), true),
        Row("the last", ("10.0.0.0/8", "10.255.255.255"), true), Row("the next", ("10.0.0.0/8", "11.0.0.0"), false),
        Row("mapped", ("10.0.0.0/8", "::ffff:10.1.2.3"), true), Row("IPv6", ("10.0.0.0/8", "::10.1.2.3"), false),
        Row("of all of IPv4", ("0.0.0.0/0", "203.0.113.9"), true), Row("not IPv6", ("0.0.0.0/0", "2001:db8::1"), false),
        Row("within 64 bits", ("2001:db8::/32", "2001:db8:ffff::1"), true),
        Row("beyond them", ("2001:db8::/32", "2001:db9::"), false),
        Row("more than 64 bits", ("2001:db8::f0/124", "2001:db8::ff"), true),
        Row("the next of them", ("2001:db8::f0/124", "2001:db8::100"), false),
        Row("everything", ("::/0", "10.0.0.1"), true),
    ])
    func rangesContain(_ row: Row<(String, String), Bool>) throws {
        let range = try #require(IPRange(row.input.0))
        #expect(range.contains(try #require(IPAddress(row.input.1))) == row.expected)
    }

    @Test(arguments: [
        "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "/8", "2001:db8::1/32", "::/129",
        "any",
    ])
    func whatIsNoRangeIsRefused(_ text: String) {
        #expect(IPRange(text) == nil)
    }
}
