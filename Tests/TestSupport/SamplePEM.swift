// SPDX-License-Identifier: Apache-2.0

/// Certificates and keys of nobody, for tests of TLS: made by
/// `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=desk.example.com`.
package enum SamplePEM {
    /// When they expire, in seconds since 1970.
    package static let expiry: Int64 = 4949604841

    package static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBjTCCATOgAwIBAgIUV3CP/vB8B3mq4Cxa7GTy0SoGKCEwCgYIKoZIzj0EAwIw
        GzEZMBcGA1UEAwwQZGVzay5leGFtcGxlLmNvbTAgFw0yNjExMzAwMjE0MDFaGA8y
        MTI2MTEwNjAyMTQwMVowGzEZMBcGA1UEAwwQZGVzay5leGFtcGxlLmNvbTBZMBMG
        ByqGSM49AgEGCCqGSM49AwEHA0IABC4p1liC/w/bzvGMXhBvS062xvyVtc8e5N5p
        jLl8mg0AXOmlNAGFEAkdi52dsyQhAPUqzAc7RMP4N9eTl+oEe8qjUzBRMB0GA1Ud
        DgQWBBR6SGtTGMjG00UtO1RWKvxQKOzmbzAfBgNVHSMEGDAWgBR6SGtTGMjG00Ut
        O1RWKvxQKOzmbzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDY
        CqIMNY+iFM6hY39SyyuHqGnxun8FiFZcwRWSCQQ1MAIgF42XYE+wkDqT4RgC2Ej9
        sm2f5Pbo5yX9Shpa11aBl9Y=
        -----END CERTIFICATE-----
        """

    package static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglaPeDJj3qPyR34Ad
        DkLEINvUNDc+a0xPqZITS/d95/ihRANCAAQuKdZYgv8P287xjF4Qb0tOtsb8lbXP
        HuTeaYy5fJoNAFzppTQBhRAJHYudnbMkIQD1KswHO0TD+DfXk5fqBHvK
        -----END PRIVATE KEY-----
        """

    package static let otherCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBjTCCATOgAwIBAgIURtPsOgqBFLCcHG5o3OJ/reH3OtQwCgYIKoZIzj0EAwIw
        GzEZMBcGA1UEAwwQZGVzay5leGFtcGxlLmNvbTAgFw0yNjExMzAwMjE0MDFaGA8y
        MTI2MTEwNjAyMTQwMVowGzEZMBcGA1UEAwwQZGVzay5leGFtcGxlLmNvbTBZMBMG
        ByqGSM49AgEGCCqGSM49AwEHA0IABGoHhHqZ3WKCnyTKW4syL1I1E0hFPOAudpgs
        rWROZ++LuYo3xMoo3+4EPOtSrtsn6iI4gyrd1UpYjTOWFcUU542jUzBRMB0GA1Ud
        DgQWBBTNeD6VzFE/gfHi+vUI1/Gs4Jh+ODAfBgNVHSMEGDAWgBTNeD6VzFE/gfHi
        +vUI1/Gs4Jh+ODAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQD2
        /4tccws3ZV1eztawhdzALuD6LDylCtUz2Sfu88KvQgIgTBjGP2N0iRCcveMjVTM7
        Lg/qAtCfSEZys6WfRKK6V9s=
        -----END CERTIFICATE-----
        """

    /// `key` with a password.
    package static let encryptedKey = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjTwehhafs22gICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJdCll1kHRQv8vthEKNWQ/UEgZDe
        q7XtVhxtFZTljkgFCVeA1jdzLO0t7ypo0U6bT8KNOzmNrs3lJmPc9SMlMh6T3VbM
        XsthWvCiHbGyxMWyYtD82kUx6ptx/anFP2HdYzIxfLjyMoCwTVRGB5OTsYXM5bli
        SAJrPUZnAf7VfrSmsTu35HCKm1F9vrPho2KKk3pnxiAsDcfU14o1yL91HVnaYF4=
        -----END ENCRYPTED PRIVATE KEY-----
        """
}
