namespace MlatExchange.Node.Requests;

/// <summary>A synthetic request: the one of the demonstration. No real person, service or number.</summary>
public static class Example
{
    public const string Request =
        """
        {
          "instrument": "EEV",
          "addressee": {
            "jurisdiction": "XB",
            "authority": "xb-central"
          },
          "issuer": {
            "jurisdiction": "XA",
            "authority": "xa-judge",
            "kind": "judge-court-or-investigating-judge",
            "reference": "XA-2026-000119"
          },
          "legalBasis": [
            {
              "instrument": "EEV",
              "article": "4(2)"
            },
            {
              "instrument": "EEV",
              "article": "5(4)(b)"
            }
          ],
          "offence": {
            "statute": "XA Criminal Code 184c",
            "maxPenaltyMonths": 24,
            "annexCategory": "sexual-exploitation-of-children",
            "viaInformationSystem": true,
            "directive": "2011/93 Art 5"
          },
          "proceedings": "criminal-proceedings",
          "urgency": {
            "kind": "none"
          },
          "persons": [
            {
              "ref": "p1",
              "category": "LED6a",
              "role": "suspect",
              "residence": "XB"
            },
            {
              "ref": "v1",
              "category": "LED6c",
              "role": "victim",
              "residence": "XA"
            }
          ],
          "items": [
            {
              "ref": "i1",
              "dataCategory": "content",
              "identifierType": "USER_ID",
              "identifier": "example-cloud-77",
              "service": "example-cloud",
              "from": "2026-05-01",
              "to": "2026-05-31",
              "person": "p1",
              "options": [
                "ONLINE_STORAGE"
              ]
            },
            {
              "ref": "i2",
              "dataCategory": "traffic",
              "identifierType": "USER_ID",
              "identifier": "example-cloud-77",
              "service": "example-cloud",
              "from": "2026-05-01",
              "to": "2026-05-31",
              "person": "p1",
              "options": [
                "LOG_FILES"
              ]
            }
          ],
          "necessity": {
            "purpose": "protect-a-victim",
            "lessIntrusiveConsidered": "The range was cut to the month of the reported upload.",
            "couldBeOrderedInSimilarDomesticCase": true
          },
          "retention": {
            "maximumDays": 1095,
            "trigger": "final-judgment",
            "reviewEveryDays": 180,
            "disposal": "destroy-and-certify",
            "legalReference": "XA Data Protection (Justice) Act 12"
          },
          "conditions": [
            {
              "type": "UseOnlyFor",
              "value": "this case",
              "items": [
                "i1",
                "i2"
              ]
            },
            {
              "type": "NoOnward",
              "items": [
                "i1",
                "i2"
              ]
            }
          ],
          "notice": {
            "delay": true,
            "reviewAfterDays": 60
          },
          "language": "en"
        }
        """;
}
