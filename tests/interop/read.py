"""Reads files with the parsers of others: mails with the standard library, dates with the package `icalendar`."""

import email
import email.policy
import json
import sys

import icalendar


def mail(path):
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    body = message.get_body(("plain",)).get_content()
    return {
        "headers": {name: message[name] for name in ("To", "Subject", "Message-ID", "X-Unsent", "Date")},
        "body": body,
        "defects": [str(defect) for defect in message.defects],
    }


def dates(path):
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    return [
        {
            "uid": str(event["UID"]),
            "day": event.decoded("DTSTART").isoformat(),
            "title": str(event["SUMMARY"]),
            "sequence": int(event["SEQUENCE"]),
        }
        for event in calendar.walk("VEVENT")
    ]


json.dump([mail(path) if path.endswith(".eml") else dates(path) for path in sys.argv[1:]], sys.stdout)
