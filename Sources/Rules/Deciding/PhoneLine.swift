// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A number that people call, as the rules file describes it.
package struct PhoneLine: Equatable, Sendable, ScopedLine {
    package let number: PhoneNumber
    package let name: String
    package let group: String?
    /// The hours table of the line, as an index into `RuleSet.hours`.
    package let hours: Int?
    /// The clock of the line; the file's own where the line names none.
    package let zone: Zone
    /// Answers on this line use `assistant_id` with `assistant_override` instead of `assistant`.
    package let assistantID: String?
    /// The country of the number (ISO 3166-1); `nil` if it has none.
    package let country: String?
    /// The language that it speaks (ISO 639-1), such as `nl`; `nil` where neither the file nor its country has one.
    package let language: String?
    /// The country whose way of the language the line speaks (ISO 3166-1): that of `en-GB`, else that of its number.
    package let region: String?
    /// What the file says of the line, such as its city, by names in lower case.
    package let facts: [String: String]

    package init(
        number: PhoneNumber, name: String, group: String?, hours: Int?, zone: Zone, assistantID: String?,
        country: String? = nil, language: String? = nil, region: String? = nil, facts: [String: String] = [:]
    ) {
        self.number = number
        self.name = name
        self.group = group
        self.hours = hours
        self.zone = zone
        self.assistantID = assistantID
        self.country = country
        self.language = language
        self.region = region ?? country
        self.facts = facts
    }
}
