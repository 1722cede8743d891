// SPDX-License-Identifier: Apache-2.0

/// Numbers that nobody has, for simulated callers.
///
/// The United Kingdom (Ofcom) and Germany (Bundesnetzagentur) keep ranges for drama. The Netherlands and Belgium have
/// none; theirs here begin, behind the area code, with a 0, which their numbering plans give to nobody.
package enum FictitiousNumbers {
    package static let all = netherlands + germany + belgium + unitedKingdom

    static let netherlands = [
        "+31605550112", "+31605550134", "+31605550156", "+31605550178", "+31605550190", "+31605550203",
        "+31200550117", "+31200550142", "+31300550165", "+31100550188",
    ]
    static let germany = [
        "+493023125014", "+493023125237", "+496990009120", "+494066969451", "+498999998077", "+4917139200042",
    ]
    static let belgium = ["+32400550119", "+32400550146", "+3220550173"]
    static let unitedKingdom = ["+442079460018", "+442079460391", "+447700900123", "+447700900876", "+441632960205"]
}
