// SPDX-License-Identifier: Apache-2.0

import Rules

/// The codes of countries and languages that a phone number can have.
enum RegionCodes {
    /// The countries with a numbering plan (ISO 3166-1).
    static let countries = words(
        """
        AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
        BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER
        ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE
        IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV
        LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP
        NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK
        SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA
        VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
        """)

    /// The languages that are the main one of a country, as far as they have a code of two letters (ISO 639-1).
    static let languages = words(
        """
        aa af ak am ar az be bg bi bm bn bs ca cs da de dv dz el en es et fa fi fo fr gn ha he hi hr ht hu
        hy id is it ja ka kl km ko ky lo lt lv mg mk mn ms mt my nb ne nl pl pt rn ro ru rw si sk sl sm sn
        so sq sr st sv sw tg th ti tk to tr uk ur uz vi zh
        """)

    /// Codes that people take for that of a country, with the right one.
    private static let countrySlips = [
        "UK": "GB", "EN": "GB", "EL": "GR", "SP": "ES", "JA": "JP", "CS": "CZ", "DA": "DK", "ZH": "CN",
        "KO": "KR", "HI": "IN", "VI": "VN", "SU": "RU", "FX": "FR",
    ]

    /// Codes that people take for that of a language, with the right one.
    private static let languageSlips = [
        "gb": "en", "us": "en", "au": "en", "ie": "en", "nz": "en", "at": "de", "ch": "de", "du": "nl",
        "dk": "da", "se": "sv", "cz": "cs", "gr": "el", "jp": "ja", "cn": "zh", "kr": "ko", "ua": "uk", "vn": "vi",
        "br": "pt", "mx": "es", "sp": "es", "ge": "de", "ee": "et", "al": "sq", "rs": "sr",
        "iw": "he", "no": "nb",
    ]

    /// Suggests the country that was meant by an unknown code.
    static func countryHint(_ code: String) -> String {
        countrySlips[code].map { "; did you mean `\($0)`?" } ?? "; expected a code of ISO 3166-1 such as NL or GB"
    }

    /// Suggests the language that was meant by an unknown code.
    static func languageHint(_ code: String) -> String {
        languageSlips[code].map { "; did you mean `\($0)`?" } ?? "; expected a code of ISO 639-1 such as nl or en"
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}

extension RulesReader {
    /// Reads the code of a country, and warns of one that no number has.
    mutating func readCountry(_ node: YAMLNode) -> String? {
        guard let code = readCode(node, of: "country", like: "NL")?.uppercased() else { return nil }
        if !RegionCodes.countries.contains(code) {
            findings.warning(
                .unknownCode, "no phone number belongs to the country `\(code)`\(RegionCodes.countryHint(code))",
                at: node.position)
        }
        return code
    }

    /// Reads the code of a language, and warns of one that is not the main one where any number belongs.
    mutating func readCallerLanguage(_ node: YAMLNode) -> String? {
        guard let code = readCode(node, of: "language", like: "nl")?.lowercased() else { return nil }
        if !RegionCodes.languages.contains(code) {
            findings.warning(
                .unknownCode, "no country's main language is `\(code)`\(RegionCodes.languageHint(code))",
                at: node.position)
        }
        return code
    }

    /// Reads the code of a language that a contact or a line may have, and warns of one that is not known.
    mutating func languageCode(_ text: String, at position: SourcePosition) -> String? {
        guard let code = LanguageCode.of(text), (2...3).contains(code.utf8.count),
            code.allSatisfy({ $0.isASCII && $0.isLetter })
        else {
            findings.error(
                .invalidCode, "invalid language code `\(text)`; expected a code such as nl or en, or `otherwise`",
                at: position)
            return nil
        }
        if code.utf8.count == 2, !RegionCodes.languages.contains(code), !Providers.languages.contains(code) {
            findings.warning(
                .unknownCode, "unknown language `\(text)`\(RegionCodes.languageHint(code))", at: position)
        }
        return code
    }
}
