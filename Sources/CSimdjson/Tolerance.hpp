// SPDX-License-Identifier: Apache-2.0
//
// What RFC 8259 allows and simdjson refuses: half a surrogate pair as an escape (a text cut in the middle of an emoji
// has one) and numbers beyond 64 bits or the range of a double. Both are rare and harmless, and a report must not be
// lost for them, so such a text is read a second time with these places made plain.

#ifndef SWITCHBOARD_TOLERANCE_HPP
#define SWITCHBOARD_TOLERANCE_HPP

#include <simdjson.h>

#include <cctype>
#include <string>
#include <string_view>

namespace switchboard {

/// Whether a second look at the text can help.
inline bool mayBeTolerated(simdjson::error_code error) {
    return error == simdjson::STRING_ERROR || error == simdjson::NUMBER_ERROR || error == simdjson::TAPE_ERROR;
}

/// The 16 bits of the escape `\uXXXX` at this place, or -1.
inline int escapedUnit(const std::string &text, size_t at) {
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') { return -1; }
    int unit = 0;
    for (size_t i = at + 2; i < at + 6; ++i) {
        unsigned char digit = static_cast<unsigned char>(text[i]);
        if (!std::isxdigit(digit)) { return -1; }
        unit = unit * 16 + (std::isdigit(digit) ? digit - '0' : std::tolower(digit) - 'a' + 10);
    }
    return unit;
}

/// Returns the position after the string that begins here; each lone surrogate in it becomes U+FFFD.
inline size_t tolerateString(std::string &text, size_t at) {
    for (++at; at < text.size() && text[at] != '"';) {
        if (text[at] != '\\') { ++at; continue; }
        int unit = escapedUnit(text, at);
        if (unit < 0xD800 || unit > 0xDFFF) { at += unit < 0 ? 2 : 6; continue; }
        int next = escapedUnit(text, at + 6);
        if (unit < 0xDC00 && next >= 0xDC00 && next <= 0xDFFF) { at += 12; continue; }
        text.replace(at, 6, "\\ufffd");
        at += 6;
    }
    return at + 1;
}

/// Length of the number as RFC 8259, section 6, has it, or 0.
inline size_t numberLength(const std::string &text, size_t at) {
    auto digits = [&](size_t i) { while (i < text.size() && std::isdigit((unsigned char)text[i])) { ++i; } return i; };
    size_t i = at + (text[at] == '-' ? 1 : 0), first = i;
    i = digits(i);
    if (i == first || (text[first] == '0' && i > first + 1)) { return 0; }
    if (i < text.size() && text[i] == '.') {
        size_t fraction = digits(i + 1);
        if (fraction == i + 1) { return 0; }
        i = fraction;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        size_t sign = i + 1 < text.size() && (text[i + 1] == '+' || text[i + 1] == '-') ? i + 2 : i + 1;
        size_t exponent = digits(sign);
        if (exponent == sign) { return 0; }
        i = exponent;
    }
    return i - at;
}

/// Whether the number may be beyond 64 bits or the range of a double: 17 characters with two digits of exponent are not.
inline bool mayBeOversized(const std::string &number) {
    size_t exponent = number.find_first_of("eE");
    return number.size() > 17 || (exponent != std::string::npos && number.size() - exponent > 3);
}

/// Whether a value ends before this place; anything else there is a fault.
inline bool isDelimited(const std::string &text, size_t at) {
    return at == text.size() || std::string_view(" \t\r\n,]}").find(text[at]) != std::string_view::npos;
}

/// Makes lone surrogates and oversized numbers plain; everything else, faults too, stays as it is and as long.
inline void tolerate(std::string &text) {
    for (size_t at = 0; at < text.size();) {
        if (text[at] == '"') { at = tolerateString(text, at); continue; }
        if (text[at] != '-' && !std::isdigit((unsigned char)text[at])) { ++at; continue; }
        size_t length = numberLength(text, at);
        // A number directly followed by something else must stay an error: 1e999.5 must not become 0.5.
        if (length == 0 || !isDelimited(text, at + length)) { return; }
        if (mayBeOversized(text.substr(at, length))) { text.replace(at, length, std::string(length - 1, ' ') + "0"); }
        at += length;
    }
}

}  // namespace switchboard

#endif
