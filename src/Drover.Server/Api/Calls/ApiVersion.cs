namespace Drover.Server.Api.Calls;

/// <summary>A version of the API; v1 is a face over the same records.</summary>
public enum ApiVersion
{
    V1,
    V2Beta,
}
