"""The yearly figures."""
