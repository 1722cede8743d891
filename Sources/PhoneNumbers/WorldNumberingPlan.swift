// SPDX-License-Identifier: Apache-2.0

package import Calls
import CPhoneNumbers
import Synchronization

/// The numbering plans of all countries.
///
/// A look-up costs tens of microseconds, so recent ones are kept: the answering path needs them.
package final class WorldNumberingPlan: NumberingPlan {
    private let origins = Mutex<[PhoneNumber: NumberOrigin?]>([:])
    /// What spellings other than a plus sign and digits were read as.
    private let readings = Mutex<[Spelling: NumberReading]>([:])
    /// The most origins, and the most readings, in memory; above it, all are dropped.
    private static let mostKept = 10_000

    /// The longest spelling that is kept, in bytes.
    private static let longestKept = 128

    private struct Spelling: Hashable {
        let text: String
        let country: String?
    }

    /// Loads the plans, which takes some milliseconds once in a process.
    package init() {
        sb_load_plans()
    }

    package func number(dialled digits: String, country: String?) -> PhoneNumber? {
        let found = digits.withCString { digits in
            guard let country else { return sb_number(digits, nil) }
            return country.withCString { sb_number(digits, $0) }
        }
        return found == 0 ? nil : PhoneNumber("+\(found)")
    }

    package func read(_ text: String, country: String?) -> NumberReading {
        if let number = PhoneNumber(text), number.isAsDialledAnywhere { return .number(number, nil) }
        guard text.utf8.count <= Self.longestKept else { return firstReading(of: text, country: country) }
        let spelling = Spelling(text: text, country: country)
        if let known = readings.withSpinThenLock({ $0[spelling] }) { return known }
        let reading = firstReading(of: text, country: country)
        readings.withSpinThenLock { readings in
            if readings.count >= Self.mostKept { readings.removeAll(keepingCapacity: true) }
            readings[spelling] = reading
        }
        return reading
    }

    package func origin(of number: PhoneNumber) -> NumberOrigin? {
        if let known = origins.withSpinThenLock({ $0[number] }) { return known }
        let origin = Self.origin(sb_look_up(number.digits))
        origins.withSpinThenLock { origins in
            if origins.count >= Self.mostKept { origins.removeAll(keepingCapacity: true) }
            origins[number] = .some(origin)
        }
        return origin
    }

    package func isValid(_ number: PhoneNumber) -> Bool {
        sb_look_up(number.digits).is_valid
    }

    package func usualLength(in country: String) -> Int? { example(in: country)?.length }

    /// An example number of a country (ISO 3166-1), a mobile one if it has those.
    package func example(in country: String) -> PhoneNumber? {
        PhoneNumber("+\(country.withCString { sb_example($0) })")
    }

    /// The ways in which people write a number.
    package enum Style: CaseIterable, Sendable {
        case national, international, uri
    }

    /// Writes a number; `nil` for one that no plan has.
    package func text(of number: PhoneNumber, in style: Style) -> String? {
        let style =
            switch style {
            case .national: SB_NATIONAL
            case .international: SB_INTERNATIONAL
            case .uri: SB_URI
            }
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            String(
                decoding: UnsafeRawBufferPointer(buffer).prefix(
                    sb_spell(number.digits, style, buffer.baseAddress, buffer.count)), as: UTF8.self)
        }
        return text.isEmpty ? nil : text
    }

    private static func origin(_ listing: sb_listing) -> NumberOrigin? {
        let country = letters(listing.country)
        guard !country.isEmpty else { return nil }
        let language = letters(listing.language)
        return NumberOrigin(country: country, language: language.isEmpty ? nil : language)
    }

    private static func letters(_ code: (CChar, CChar, CChar)) -> String {
        String(decoding: [code.0, code.1].filter { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
