// SPDX-License-Identifier: Apache-2.0

/// Texts that a screen, a log or a file must survive; simulated calls carry one now and then.
package enum HostileText {
    package static let all = [
        "\u{1B}[31mred\u{1B}[0m\u{7}\r\nsecond line",
        "日本語の名前 中文 한국어",
        "👩‍👩‍👧‍👦📞🏳️‍🌈",
        "\u{1B}]0;new title\u{7}\u{9B}2J",
        "\u{202E}gnp.exe\u{202C} \u{200B}zero\u{FEFF}width",
        "Z\u{0301}\u{0302}\u{0303}\u{0304}\u{0305}algo",
        "\"quoted\" \\back\\ {{contact.name}} =1+1",
    ]
}
