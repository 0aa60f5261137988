"""Signs, codes and short names of currencies that stand before an amount."""

from __future__ import annotations

CODES = (
    "USD EUR GBP CHF JPY CNY RMB INR NGN KES ZAR UGX TZS GHS PHP IDR MYR SGD AUD CAD NZD HKD TWD SEK NOK DKK PLN "
    "CZK HUF RON BGN TRY RUB UAH ILS NIS AED SAR QAR KWD BHD OMR JOD EGP MAD TND DZD PKR LKR NPR BDT THB VND KRW "
    "MXN BRL ARS CLP COP PEN UYU BOB PYG CRC GTQ DOP JMD TTD XCD ETB ZMW MWK MZN BWP NAD SZL LSL RWF XAF XOF CFA "
    "SDG SSP LBP SYP IQD IRR AFN MMK KHR MNT KZT UZS GEL AMD AZN RSD MKD BAM ISK FJD PGK Rs Re Rp RM Tk Sh Shs Ksh "
    "KSh KShs Kshs Kh Khs kh khs Tsh TSh Ush USh ksh kshs shs ush tsh GH¢ GHC GHc PhP Php Le Kz Kr kr Ft Lt"
).split()
"""What is written before an amount in letters, with or without a blank: `USD 34.6 million`, `Rs. 500`."""

LETTERS = "RPNKME"
"""Single letters before an amount that no name has: `R4bn`, `P2.7 billion`, `N30,000`."""

SIGNS = "$£€¥₹₪₽₺₩₦₱₵₴₫₡₲₸₼₾฿৳៛₭₮"
