// SPDX-License-Identifier: Apache-2.0

package import Calls
import CPhoneNumbers
import Synchronization

/// The numbering plans of all countries.
///
/// A look-up costs tens of microseconds, so recent ones are kept: the answering path needs them.
package final class WorldNumberingPlan: NumberingPlan {
    private let origins = Mutex<[PhoneNumber: NumberOrigin?]>([:])
    /// The most origins in memory; above it, all are dropped.
    private static let mostOrigins = 10_000
    /// The longest spelling of a number.
    private static let longestSpelling = 64

    /// Loads the plans, which takes some milliseconds once in a process.
    package init() {
        sb_load_plans()
    }

    package func number(spelled text: String, country: String?) -> PhoneNumber? {
        if let number = PhoneNumber(text) { return number }
        guard let dialled = Self.dialled(text) else { return nil }
        let digits = dialled.withCString { dialled in
            guard let country else { return sb_number(dialled, nil) }
            return country.withCString { sb_number(dialled, $0) }
        }
        return digits == 0 ? nil : PhoneNumber("+\(digits)")
    }

    package func origin(of number: PhoneNumber) -> NumberOrigin? {
        if let known = origins.withSpinThenLock({ $0[number] }) { return known }
        let origin = Self.origin(sb_look_up(number.digits))
        origins.withSpinThenLock { origins in
            if origins.count >= Self.mostOrigins { origins.removeAll(keepingCapacity: true) }
            origins[number] = .some(origin)
        }
        return origin
    }

    package func isValid(_ number: PhoneNumber) -> Bool {
        sb_look_up(number.digits).is_valid
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

    /// Takes the digits out of a spelling; `nil` where it contains anything that is not part of a number.
    private static func dialled(_ text: String) -> String? {
        guard text.utf8.count <= longestSpelling else { return nil }
        var dialled = ""
        for character in text.hasPrefix("tel:") ? text.dropFirst(4) : text[...] {
            switch character {
            case "0"..."9": dialled.append(character)
            case "+" where dialled.isEmpty: dialled.append(character)
            case " ", "-", ".", "/", "(", ")", "\u{A0}": continue
            default: return nil
            }
        }
        return dialled.isEmpty ? nil : dialled
    }
}
