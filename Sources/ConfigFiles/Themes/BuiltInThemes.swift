// SPDX-License-Identifier: Apache-2.0

/// The themes that the program carries, so that it needs no other files; `themes/` is their source.
enum BuiltInThemes {
    /// The file of each, by name.
    static let files: [String: [UInt8]] = [
        "base": PackageResources.base_yaml,
        "contrast": PackageResources.contrast_yaml,
        "crt": PackageResources.crt_yaml,
        "day": PackageResources.day_yaml,
        "deuter": PackageResources.deuter_yaml,
        "mono": PackageResources.mono_yaml,
        "night": PackageResources.night_yaml,
    ]
}
