// SPDX-License-Identifier: Apache-2.0

/// A point in time, in microseconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Comparable, Sendable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Creates an instant from whole Unix seconds.
    package init(seconds: Int64) {
        self.init(microseconds: seconds * 1_000_000)
    }

    /// Whole seconds since 1970, rounded towards the past.
    package var seconds: Int64 { microseconds.flooredDivision(by: 1_000_000) }

    /// Returns the instant that many seconds later, or earlier for a negative number.
    package func advanced(bySeconds seconds: Int64) -> Instant {
        Instant(microseconds: microseconds + seconds * 1_000_000)
    }

    /// Returns how many microseconds passed since an earlier instant; negative when that one is later.
    package func microseconds(since earlier: Instant) -> Int64 {
        microseconds - earlier.microseconds
    }

    /// The instant without what is finer than a millisecond.
    package var inWholeMilliseconds: Instant {
        Instant(microseconds: microseconds.flooredDivision(by: 1000) * 1000)
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Int64 {
    /// Divides and rounds towards negative infinity, as calendar arithmetic needs before 1970.
    package func flooredDivision(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension Instant {
    /// Writes the instant as ISO 8601 in UTC with milliseconds, such as `2026-07-01T10:00:00.000Z`.
    package var iso8601: String { iso8601(isExact: false) }

    /// Writes the instant as `iso8601` does, with as many digits more as it takes to lose nothing.
    package var iso8601Exact: String { iso8601(isExact: true) }

    /// Appends the UTF-8 of ``iso8601``, or of ``iso8601Exact``.
    package func appendISO8601(to bytes: inout [UInt8], isExact: Bool) {
        let digits = ISO8601Digits(self, isExact: isExact)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ISO8601Digits.most) { text in
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[..<digits.write(into: text)]))
        }
    }

    private func iso8601(isExact: Bool) -> String {
        let digits = ISO8601Digits(self, isExact: isExact)
        return String(unsafeUninitializedCapacity: ISO8601Digits.most) { digits.write(into: $0) }
    }

    /// Writes the instant as ISO 8601 with the offset of its zone, such as `2026-07-01T17:30:00+02:00`.
    package func iso8601(offset: Int) -> String {
        let minutes = abs(offset) / 60
        let sign = offset < 0 ? "-" : "+"
        return local(offset: offset).text + sign + padded(minutes / 60, to: 2) + ":" + padded(minutes % 60, to: 2)
    }

    /// Returns the wall-clock reading where clocks are `offset` seconds ahead of UTC.
    package func local(offset: Int) -> LocalTime {
        LocalTime(secondsSince1970: seconds + Int64(offset))
    }

    /// Reads ISO 8601 with a zone: `2026-07-01T10:00:00Z`, with a fraction, without seconds, or with an offset such as
    /// `+02:00`.
    package init?(iso8601 text: some StringProtocol) {
        guard let reading = ISO8601Reading(text) else { return nil }
        self.init(microseconds: reading.microseconds)
    }
}

/// An instant in UTC, digit by digit: logs have several in every line.
private struct ISO8601Digits {
    private let year: Int
    private let month: Int
    private let day: Int
    private let second: Int
    /// Of the second.
    private let microsecond: Int
    private let isExact: Bool

    /// The most bytes that are written: the farthest year has six digits and a sign.
    static let most = 32

    init(_ instant: Instant, isExact: Bool) {
        let time = instant.local(offset: 0)
        (year, month, day) = time.date.parts
        second = time.secondOfDay
        let rest = Int(instant.microseconds % 1_000_000)
        microsecond = rest < 0 ? rest + 1_000_000 : rest
        self.isExact = isExact && microsecond % 1000 != 0
    }

    /// Writes all and returns how many bytes that are.
    func write(into text: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var count = 0
        func put(_ byte: UInt8) {
            text[count] = byte
            count += 1
        }
        func putDigit(_ number: Int) { put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)) }
        func putTwo(_ number: Int, then byte: UInt8? = nil) {
            putDigit(number / 10)
            putDigit(number)
            if let byte { put(byte) }
        }
        func putThree(_ number: Int) {
            putDigit(number / 100)
            putTwo(number)
        }
        if (0...9999).contains(year) {
            putTwo(year / 100)
            putTwo(year)
        } else {
            for byte in padded(year, to: 4).utf8 { put(byte) }
        }
        put(UInt8(ascii: "-"))
        putTwo(month, then: UInt8(ascii: "-"))
        putTwo(day, then: UInt8(ascii: "T"))
        putTwo(second / 3600, then: UInt8(ascii: ":"))
        putTwo(second / 60 % 60, then: UInt8(ascii: ":"))
        putTwo(second % 60, then: UInt8(ascii: "."))
        putThree(microsecond / 1000)
        if isExact { putThree(microsecond % 1000) }
        put(UInt8(ascii: "Z"))
        return count
    }
}

/// The parts of an ISO 8601 text, read strictly.
private struct ISO8601Reading {
    let microseconds: Int64

    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 17, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") else { return nil }
        guard bytes[13] == UInt8(ascii: ":") else { return nil }
        let hasSeconds = bytes.count >= 20 && bytes[16] == UInt8(ascii: ":")
        guard let date = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = hasSeconds ? number(bytes[17..<19]) : 0,
            hour < 24, minute < 60, second < 61
        else { return nil }
        guard let (fraction, zone) = hasSeconds ? Self.fraction(bytes[19...]) : (0, bytes[16...]),
            let offset = Self.offset(zone)
        else { return nil }
        let seconds = Int64(date.daysSince1970) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
        microseconds = seconds * 1_000_000 + fraction
    }

    /// Splits the tail into microseconds and the zone; digits beyond the sixth are dropped.
    private static func fraction(_ tail: ArraySlice<UInt8>) -> (Int64, ArraySlice<UInt8>)? {
        guard tail.first == UInt8(ascii: ".") else { return (0, tail) }
        let digits = tail.dropFirst().prefix { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        for index in 0..<6 {
            let digit = index < digits.count ? Int64(digits[digits.startIndex + index] - UInt8(ascii: "0")) : 0
            value = value * 10 + digit
        }
        return (value, tail[digits.endIndex...])
    }

    private static func offset(_ zone: ArraySlice<UInt8>) -> Int? {
        if zone.elementsEqual("Z".utf8) { return 0 }
        guard let sign = zone.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        var digits = Array(zone.dropFirst())
        if digits.count == 5, digits[2] == UInt8(ascii: ":") { digits.remove(at: 2) }
        if digits.count == 2 { digits += Array("00".utf8) }
        guard digits.count == 4, let hours = number(digits[0..<2]), let minutes = number(digits[2..<4]) else {
            return nil
        }
        guard hours < 19, minutes < 60 else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }
}

/// Reads plain decimal digits, or returns `nil` for anything else.
private func number(_ bytes: some Collection<UInt8>) -> Int? {
    guard !bytes.isEmpty else { return nil }
    var value = 0
    for byte in bytes {
        guard UInt8(ascii: "0") <= byte, byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
}
