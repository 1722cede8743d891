// SPDX-License-Identifier: Apache-2.0

#include "CPhoneNumbers.h"

#include <phonenumbers/phonenumberutil.h>
#include <unicode/uloc.h>

#include <cstring>
#include <optional>
#include <string>

using Number = i18n::phonenumbers::PhoneNumber;
using Plans = i18n::phonenumbers::PhoneNumberUtil;

namespace {

/// Where no national spelling is read; also the country of a number that no plan has.
constexpr const char *nowhere = "ZZ";

const Plans &plans() { return *Plans::GetInstance(); }

std::optional<Number> parse(const std::string &dialled, const std::string &country) {
    Number number;
    // The input is kept for the sake of `country_code_source`.
    bool isRead = plans().ParseAndKeepRawInput(dialled, country, &number) == Plans::NO_PARSING_ERROR;
    return isRead ? std::optional<Number>(number) : std::nullopt;
}

/// The digits of E.164, or 0 where there are more than 15.
uint64_t digitsOf(const Number &number) {
    std::string national;
    plans().GetNationalSignificantNumber(number, &national);
    std::string digits = std::to_string(number.country_code()) + national;
    return digits.size() > 15 ? 0 : std::stoull(digits);
}

std::optional<Number> international(uint64_t digits) { return parse("+" + std::to_string(digits), nowhere); }

bool startsWithTwoZeros(const std::string &dialled) { return dialled.compare(0, 2, "00") == 0; }

/// Whether the digits were taken for a number of the country itself although none is as long, or begins with 00.
bool isMistaken(const std::string &dialled, const Number &number) {
    if (number.country_code_source() != Number::FROM_DEFAULT_COUNTRY) { return false; }
    Plans::ValidationResult length = plans().IsPossibleNumberWithReason(number);
    if (length != Plans::IS_POSSIBLE && length != Plans::IS_POSSIBLE_LOCAL_ONLY) { return true; }
    return startsWithTwoZeros(dialled) && !plans().IsValidNumber(number);
}

/// Reads the digits as the country dials them; where that gives no valid number, 00 is the plus sign that it is in most
/// of the world, whatever the country dials instead.
std::optional<Number> read(const std::string &dialled, const std::string &country) {
    auto local = parse(dialled, country);
    if (local && isMistaken(dialled, *local)) { local.reset(); }
    if (!startsWithTwoZeros(dialled) || (local && plans().IsValidNumber(*local))) { return local; }
    auto abroad = parse("+" + dialled.substr(2), nowhere);
    return abroad && (!local || plans().IsValidNumber(*abroad)) ? abroad : local;
}

void listCountry(const Number &number, sb_listing &listing) {
    std::string country;
    plans().GetRegionCodeForNumber(number, &country);
    listing.is_valid = plans().IsValidNumberForRegion(number, country);
    // Numbers that no plan has, as in films and from swindlers: they count to the main country of their country code.
    if (country == nowhere) { plans().GetRegionCodeForCountryCode(number.country_code(), &country); }
    if (country.size() == 2 && country != nowhere) { country.copy(listing.country, 2); }
}

void listLanguage(sb_listing &listing) {
    if (listing.country[0] == 0) { return; }
    char locale[ULOC_FULLNAME_CAPACITY], language[ULOC_LANG_CAPACITY];
    UErrorCode error = U_ZERO_ERROR;
    uloc_addLikelySubtags((std::string("und_") + listing.country).c_str(), locale, sizeof locale, &error);
    uloc_getLanguage(locale, language, sizeof language, &error);
    // Three letters are ISO 639-2, such as `fil`.
    if (U_SUCCESS(error) && std::strlen(language) == 2) { std::memcpy(listing.language, language, 2); }
}

}  // namespace

void sb_load_plans(void) { (void)sb_look_up(12125550100); }

uint64_t sb_number(const char *dialled, const char *country) {
    try {
        auto number = read(dialled, country == nullptr ? nowhere : country);
        if (!number) { return 0; }
        uint64_t digits = digitsOf(*number);
        // A second prefix after the one that was removed: read again, it would be another number.
        auto same = international(digits);
        return same && digitsOf(*same) == digits ? digits : 0;
    } catch (...) {
        return 0;
    }
}

sb_listing sb_look_up(uint64_t digits) {
    sb_listing listing{};
    try {
        auto number = international(digits);
        if (!number) { return listing; }
        listCountry(*number, listing);
        listLanguage(listing);
        // With a national prefix in it, as in +310612345678, it is understood and yet not valid.
        listing.is_valid = listing.is_valid && digitsOf(*number) == digits;
        return listing;
    } catch (...) {
        return sb_listing{};
    }
}

uint64_t sb_example(const char *country) {
    try {
        Number number;
        bool isFound = plans().GetExampleNumberForType(country, Plans::MOBILE, &number)
            || plans().GetExampleNumber(country, &number);
        return isFound ? digitsOf(number) : 0;
    } catch (...) {
        return 0;
    }
}

size_t sb_spell(uint64_t digits, sb_style style, char *text, size_t capacity) {
    try {
        auto number = international(digits);
        if (!number) { return 0; }
        std::string spelled;
        auto format = style == SB_NATIONAL ? Plans::NATIONAL : style == SB_URI ? Plans::RFC3966 : Plans::INTERNATIONAL;
        plans().Format(*number, format, &spelled);
        if (spelled.size() >= capacity) { return 0; }
        std::memcpy(text, spelled.c_str(), spelled.size() + 1);
        return spelled.size();
    } catch (...) {
        return 0;
    }
}
