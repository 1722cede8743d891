// SPDX-License-Identifier: Apache-2.0

/// Names of columns that hold phone numbers, in the languages of common exports.
enum PhoneColumn {
    /// Whether the name says that the column holds phone numbers, such as `Phone 1 - Value` or `Mobiel (zakelijk)`.
    static func isOne(_ name: String) -> Bool {
        let words = self.words(of: name)
        if wholeNames.contains(words) { return true }
        return words.contains(where: isPhone) && words.allSatisfy { isPhone($0) || qualifiers.contains($0) }
    }

    /// Whether its numbers are not those that people call from.
    static func isOfOthers(_ name: String) -> Bool {
        words(of: name).contains { ["fax", "telefax", "pager", "telex"].contains($0) || $0.hasSuffix("fax") }
    }

    private static func isPhone(_ word: String) -> Bool {
        phones.contains(word) || endings.contains { word.hasSuffix($0) }
    }

    /// Whether the column is called `number`, which may be any number.
    static func mayBeOne(_ name: String) -> Bool {
        let words = self.words(of: name)
        return words.count == 1 && plain.contains(words[0])
    }

    /// The words of a name in lower case; `mobilePhone` has two, and digits are none.
    private static func words(of name: String) -> [String] {
        var spaced = ""
        var isAfterLower = false
        for character in name.replacing("WhatsApp", with: "Whatsapp") {
            if isAfterLower, character.isUppercase { spaced += " " }
            spaced.append(character)
            isAfterLower = character.isLowercase
        }
        return spaced.lowercased().split { !$0.isLetter }.map(String.init)
    }

    private static let plain: Set<String> = ["number", "numbers", "nummer", "numero", "número", "numéro"]

    /// Names of phone number columns that have none of the words below.
    private static let wholeNames: Set<[String]> = [
        ["contact", "number"], ["contact", "no"], ["contact", "nr"], ["contact", "numbers"], ["contactnummer"],
        ["caller", "number"], ["caller", "id"], ["callerid"], ["direct", "dial"], ["ddi"],
    ]

    /// What compound words end with, such as `Privételefoon` or `Mobiltelefonnummer`.
    private static let endings = [
        "telefoon", "telefoonnummer", "telefoonnr", "telefon", "telefonnummer", "telefonnr", "rufnummer", "mobilnummer",
        "handynummer", "telefonszám", "puhelin", "puhelinnumero",
    ]

    private static let phones: Set<String> = [
        "phone", "phones", "phonenumber", "phonenumbers", "phoneno", "phonenr", "telephone", "telephones", "tel",
        "telno", "telnr", "mobile", "mobiles", "mobilephone", "mobilenumber", "mobileno", "mob", "cell", "cellphone",
        "cellular", "landline", "msisdn", "gsm", "whatsapp",
        "mobiel", "mobielnummer",
        "rufnr", "handy", "mobil", "mobilnr", "mobilfunk", "mobilfunknummer", "festnetz", "festnetznummer",
        "téléphone", "tél", "portable", "teléfono", "telefono", "telefone", "telemóvel", "celular", "móvil", "movil",
        "cellulare", "telefonu", "komórka", "tlf", "telefonní", "gsmnummer",
        "телефон", "мобильный", "τηλέφωνο", "κινητό", "טלפון", "נייד", "هاتف", "الهاتف", "جوال",
        "电话", "电话号码", "手机", "手机号", "手机号码", "電話", "電話番号", "携帯", "携帯電話", "電話號碼", "手機",
        "전화", "전화번호", "휴대폰",
    ]

    private static let qualifiers: Set<String> = plain.union([
        "nr", "no", "num", "value", "home", "work", "business", "office", "company", "main", "primary", "secondary",
        "private", "personal", "other", "first", "second", "default", "alternative", "alternate", "direct", "contact",
        "customer", "client", "caller", "user", "member", "patient", "guest", "day", "daytime", "evening", "night",
        "car", "radio", "callback", "billing", "shipping", "delivery", "address", "e", "hs", "international",
        "formatted",
        "de", "thuis", "werk", "zakelijk", "zakelijke", "prive", "privé", "vast", "vaste", "mobiele", "overdag",
        "avond", "klant", "gast",
        "privat", "geschäftlich", "dienstlich", "arbeit", "büro", "kunde", "fixe", "bureau", "domicile", "casa",
        "trabajo", "fijo", "ufficio", "di", "nº", "numer", "komórkowy", "mobilny", "stacjonarny",
    ])
}
