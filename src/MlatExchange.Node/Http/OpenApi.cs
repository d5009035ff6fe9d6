using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace MlatExchange.Node.Http;

/// <summary>An example body, kept beside its route so that document, page and test read the same one.</summary>
/// <param name="Body">JSON text of a request body.</param>
public sealed record BodyExample(string Body);

/// <summary>The OpenAPI 3.1 document at <c>/openapi/v1.json</c> and its page at <c>/openapi</c>.</summary>
public static class OpenApi
{
    public static TBuilder WithExample<TBuilder>(this TBuilder builder, string body)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new BodyExample(body));

    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddEndpointsApiExplorer().AddSwaggerGen(document =>
    {
        document.SwaggerDoc("v1", new OpenApiInfo
        {
            Title = "MLAT Exchange node",
            Version = "v1",
            Description = "Requests for mutual legal assistance, evidence under terms that bind, and a transfer log that oversight verifies.",
        });
        document.AddSecurityDefinition("bearer", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" });
        document.AddSecurityRequirement(root => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", root)] = [] });
        document.OperationFilter<Operations>();
        document.CustomSchemaIds(type => type.FullName?.Replace('+', '.'));
    });

    public static void MapOpenApiDocument(this WebApplication app)
    {
        app.UseSwagger(swagger =>
        {
            swagger.RouteTemplate = "openapi/{documentName}.json";
            swagger.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        });
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "openapi";
            page.SwaggerEndpoint("/openapi/v1.json", "MLAT Exchange node");
        });
    }

    /// <summary>Adds what routes share: the example body, the problem answer, and the optional headers of commands.</summary>
    private sealed class Operations : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<BodyExample>().LastOrDefault() is { } example)
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, IOpenApiMediaType> { ["application/json"] = new OpenApiMediaType { Example = JsonNode.Parse(example.Body), Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } },
                };
            operation.Responses ??= [];
            operation.Responses.TryAdd("default", new OpenApiResponse
            {
                Description = "Problem details (RFC 9457) with the slug of the rule",
                Content = new Dictionary<string, IOpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } },
            });
            if (context.ApiDescription.RelativePath is not { } path || !path.StartsWith("api/", StringComparison.Ordinal)) return;
            if (context.ApiDescription.HttpMethod is "POST")
            {
                operation.Parameters ??= [];
                Header(operation, "Idempotency-Key", "Scoped to subject and route; a repeat gets the first answer.");
                Header(operation, "If-Match", "Stream version as given by ETag; 412 when it differs.");
            }
            if (path.StartsWith("api/oversight", StringComparison.Ordinal))
            {
                operation.Parameters ??= [];
                Header(operation, "Purpose-Code", "Why the log is consulted.");
                Header(operation, "Justification", "Percent-encoded UTF-8, at most 500 characters.");
            }
        }

        private static void Header(OpenApiOperation operation, string name, string description) =>
            operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
    }
}
