// SPDX-License-Identifier: Apache-2.0

import Calls

extension SpokenLanguage {
    /// `mañana a las 9 de la mañana`, `el lunes a la 1:30 de la tarde`, `el lunes 4 de enero a las 12 del mediodía`.
    static let spanish = SpokenLanguage(
        weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
        months: [
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
            "noviembre", "diciembre",
        ],
        today: "hoy", tomorrow: "mañana",
        onWeekday: { "el \($0)" },
        onDate: { "el \($0) \($1)" },
        date: { day, month in "\(day) de \(month)" },
        clock: { hour, minute in
            // The first hour of a day would be the 12 of the night before.
            guard hour > 0 else { return minute == 0 ? "las 0 horas" : "las 0:\(padded(minute, to: 2)) horas" }
            let shown = hour > 12 ? hour - 12 : hour
            let article = shown == 1 ? "la" : "las"
            let reading = minute == 0 ? "\(shown)" : "\(shown):\(padded(minute, to: 2))"
            return "\(article) \(reading) \(partOfDay(hour, minute))"
        },
        dayAtClock: { day, clock in "\(day) a \(clock)" },
        midnight: "medianoche",
        dayAtMidnight: { day in "\(day) a medianoche" },
        parts: [.morning: "mañana", .afternoon: "tarde", .evening: "noche"],
        greetings: [.morning: "Buenos días", .afternoon: "Buenas tardes", .evening: "Buenas noches"])

    private static func partOfDay(_ hour: Int, _ minute: Int) -> String {
        switch hour {
        case ..<6: "de la madrugada"
        case ..<12: "de la mañana"
        case 12 where minute == 0: "del mediodía"
        case ..<20: "de la tarde"
        default: "de la noche"
        }
    }
}
