"""The closed loop: enquiry, request, complaint, suggestion, praise."""
